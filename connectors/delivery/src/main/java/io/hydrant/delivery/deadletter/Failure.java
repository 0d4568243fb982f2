package io.hydrant.delivery.deadletter;

import java.util.Map;
import java.util.Objects;

/**
 * Why a record could not go on, in the terms of Firehose's error records.
 *
 * @param type which room refused it; names the error prefix
 * @param code error code, such as {@code Transform.ProcessingFailed}
 * @param message what to tell the one who reads the error object; never the payload
 * @param attempts how often it was tried, at least 1
 * @param attemptEndedMillis when the last attempt ended, milliseconds since the epoch
 * @param details further fields of the error record, such as {@code lambdaArn}; may be empty
 * @param errorPrefix the error prefix in place of the delivery's, where what refused it has one of
 *     its own; else empty
 */
public record Failure(
        ErrorOutputType type,
        String code,
        String message,
        int attempts,
        long attemptEndedMillis,
        Map<String, String> details,
        String errorPrefix) {

    /** A reason under the error prefix of the delivery. */
    public Failure(
            ErrorOutputType type,
            String code,
            String message,
            int attempts,
            long attemptEndedMillis,
            Map<String, String> details) {
        this(type, code, message, attempts, attemptEndedMillis, details, "");
    }

    /** A reason without further fields. */
    public Failure(
            ErrorOutputType type,
            String code,
            String message,
            int attempts,
            long attemptEndedMillis) {
        this(type, code, message, attempts, attemptEndedMillis, Map.of());
    }

    /** Validates that nothing is missing, and copies the details. */
    public Failure {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(errorPrefix, "errorPrefix");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, but is " + attempts);
        }
        details = Map.copyOf(details);
    }

    /** The same under an error prefix of its own. */
    public Failure under(String newErrorPrefix) {
        return new Failure(
                type, code, message, attempts, attemptEndedMillis, details, newErrorPrefix);
    }
}
