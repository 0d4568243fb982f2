package io.hydrant.localstack.harness.flink;

import java.io.IOException;

/** The cluster tried to write a savepoint and could not. */
final class SavepointFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    SavepointFailedException(String message) {
        super(message);
    }
}
