package io.hydrant.kinesis.stream;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * What a failed call to a stream means for the caller.
 *
 * <p>Source: Kinesis Data Streams API reference, errors of {@code GetRecords}, {@code
 * GetShardIterator}, {@code ListShards} and {@code SubscribeToShard}, and "Common Errors".
 */
public enum StreamFailure {
    /** Too many or too large calls: go on later, and slower. */
    THROTTLED,
    /** The iterator was not used for five minutes: ask for another from the last position. */
    ITERATOR_EXPIRED,
    /** Network or service trouble that passes: go on later. */
    TRANSIENT,
    /** This thread was told to stop. */
    INTERRUPTED,
    /** Waiting mends nothing: no such stream, no permission, wrong argument. */
    FATAL;

    private static final Set<String> THROTTLING_CODES =
            Set.of(
                    "ProvisionedThroughputExceededException",
                    "LimitExceededException",
                    "KMSThrottlingException",
                    "ThrottlingException",
                    "Throttling",
                    "RequestLimitExceeded",
                    "TooManyRequestsException");

    private static final Set<String> PASSING_CODES =
            Set.of(
                    "ExpiredNextTokenException",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "InternalFailure",
                    "InternalFailureException",
                    "InternalServerError",
                    "RequestAbortedException",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "ServiceUnavailable",
                    "ServiceUnavailableException",
                    "ResourceInUseException");

    /** Judges an exception that a {@link StreamApi} threw. */
    public static StreamFailure of(Throwable error) {
        if (error instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return INTERRUPTED;
        }
        if (error instanceof ExpiredIteratorException) {
            return ITERATOR_EXPIRED;
        }
        if (error instanceof ProvisionedThroughputExceededException
                || error instanceof LimitExceededException
                || error instanceof KmsThrottlingException) {
            return THROTTLED;
        }
        if (error instanceof ExpiredNextTokenException
                || error instanceof InternalFailureException
                || error instanceof ResourceInUseException) {
            return TRANSIENT;
        }
        if (error instanceof AwsServiceException service) {
            return ofService(service);
        }
        boolean ofCall =
                error instanceof SdkClientException
                        || error instanceof IOException
                        || error instanceof TimeoutException;
        return ofCall && isNetwork(error) ? TRANSIENT : FATAL;
    }

    private static StreamFailure ofService(AwsServiceException error) {
        String code = error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
        if (error.isThrottlingException() || (code != null && THROTTLING_CODES.contains(code))) {
            return THROTTLED;
        }
        if ("ExpiredIteratorException".equals(code)) {
            return ITERATOR_EXPIRED;
        }
        boolean passes = code != null && PASSING_CODES.contains(code);
        return passes || error.statusCode() >= 500 ? TRANSIENT : FATAL;
    }

    private static boolean isNetwork(Throwable error) {
        if (error instanceof ApiCallTimeoutException
                || error instanceof ApiCallAttemptTimeoutException) {
            return true;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
