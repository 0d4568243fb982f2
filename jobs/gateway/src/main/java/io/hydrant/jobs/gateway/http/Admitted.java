package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.Answer;

import java.util.concurrent.CompletableFuture;

/** A request whose head is good; its body may be read. */
interface Admitted {

    /** Carries the request out; the answer never fails. */
    CompletableFuture<Answer> handle(byte[] body);
}
