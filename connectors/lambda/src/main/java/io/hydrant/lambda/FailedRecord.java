package io.hydrant.lambda;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.TransformResult;

import java.util.Map;

/**
 * What all records that fail in one invocation have in common.
 *
 * @param attempts invocations so far
 * @param attemptEndedMillis end of the last one
 * @param lambdaArn ARN of the function
 */
record FailedRecord(int attempts, long attemptEndedMillis, String lambdaArn) {

    /** Enough to understand an error, and little beside the payload. */
    private static final int MAX_MESSAGE_LENGTH = 1_000;

    TransformResult because(String code, String message) {
        return TransformResult.failed(
                new Failure(
                        ErrorOutputType.PROCESSING_FAILED,
                        code,
                        message.length() <= MAX_MESSAGE_LENGTH
                                ? message
                                : message.substring(0, MAX_MESSAGE_LENGTH) + "…",
                        attempts,
                        attemptEndedMillis,
                        Map.of("lambdaArn", lambdaArn)));
    }
}
