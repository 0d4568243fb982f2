package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackForm;

import java.net.URI;

/** A LocalStack that somebody else runs and ends. */
record RunningEndpoint(URI endpoint) implements LocalStack {

    @Override
    public LocalStackForm form() {
        return LocalStackForm.ENDPOINT;
    }
}
