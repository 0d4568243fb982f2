package io.hydrant.delivery.deadletter;

import java.util.Objects;

/**
 * Why a record could not go on, in the terms of Firehose's error records.
 *
 * @param type which room refused it; names the error prefix
 * @param code error code, such as {@code Transform.ProcessingFailed}
 * @param message what to tell the one who reads the error object; never the payload
 * @param attempts how often it was tried, at least 1
 * @param attemptEndedMillis when the last attempt ended, milliseconds since the epoch
 */
public record Failure(
        ErrorOutputType type, String code, String message, int attempts, long attemptEndedMillis) {

    /** Validates that nothing is missing. */
    public Failure {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, but is " + attempts);
        }
    }
}
