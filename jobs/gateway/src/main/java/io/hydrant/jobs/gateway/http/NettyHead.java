package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.RequestHead;

import io.netty.handler.codec.http.HttpHeaders;

import java.util.List;

/** The head of a request, without what the wire needs only. */
record NettyHead(String method, String uri, HttpHeaders headers) implements RequestHead {

    @Override
    public List<String> values(String header) {
        return headers.getAll(header);
    }
}
