package io.hydrant.s3.store;

import io.hydrant.core.outcome.Outcome;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

import java.io.IOException;
import java.util.Set;

/**
 * Judges what a failed call to S3 means.
 *
 * <p>Nothing is {@link Outcome#POISON}: S3 takes any bytes, so no record can be at fault. What a
 * second look may mend (throttling, errors of the service, the network, credentials that are just
 * being renewed) is {@link Outcome#RETRY}; everything else, unknown things included, is {@link
 * Outcome#FATAL}, because a job that stops with a reason beats one that tries for ever without.
 *
 * <p>Source: Amazon S3 API reference, "Error responses".
 */
public final class S3Classifier {

    private static final Set<String> RETRIED_CODES =
            Set.of(
                    "SlowDown",
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "BandwidthLimitExceeded",
                    "KMS.ThrottlingException",
                    "KMS.KMSInternalException",
                    "KMS.DependencyTimeoutException",
                    "KMS.KeyUnavailableException",
                    "InternalError",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "IncompleteBody",
                    "BadDigest",
                    "OperationAborted",
                    "ConditionalRequestConflict",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "TokenRefreshRequired",
                    "RequestTimeTooSkewed");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVER_ERROR = 500;

    private S3Classifier() {}

    /** What a failure means; never {@link Outcome#DELIVERED} and never {@link Outcome#POISON}. */
    public static Outcome classify(Throwable failure) {
        KmsFailure kms = KmsFailure.of(failure);
        if (kms != null) {
            return kms.outcome();
        }
        if (failure instanceof AwsServiceException service) {
            return RETRIED_CODES.contains(code(service)) || isRetriedStatus(service.statusCode())
                    ? Outcome.RETRY
                    : Outcome.FATAL;
        }
        if (failure instanceof SdkServiceException service) {
            return isRetriedStatus(service.statusCode()) ? Outcome.RETRY : Outcome.FATAL;
        }
        if (failure instanceof AbortedException) {
            return Outcome.FATAL;
        }
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException) {
            return Outcome.RETRY;
        }
        if (failure instanceof SdkClientException client) {
            return client.retryable() || hasNetworkCause(client) ? Outcome.RETRY : Outcome.FATAL;
        }
        return failure instanceof IOException ? Outcome.RETRY : Outcome.FATAL;
    }

    /** The service's error code, or an empty string; answers to HEAD have none. */
    static String code(AwsServiceException failure) {
        String code =
                failure.awsErrorDetails() == null ? null : failure.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private static boolean isRetriedStatus(int status) {
        return status == TOO_MANY_REQUESTS
                || status == REQUEST_TIMEOUT
                || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED);
    }

    private static boolean hasNetworkCause(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
