package io.hydrant.s3.store;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Says what failed, where, why, and what would mend it. */
final class S3FailureMessage {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int MOVED = 301;

    private S3FailureMessage() {}

    /** What failed, where and why, and what would mend it. */
    static String of(S3Action action, String bucket, String key, Throwable failure) {
        return summary(action, bucket, key, failure) + ' ' + wayOut(action, bucket, failure);
    }

    /** What failed, where and why. */
    static String summary(S3Action action, String bucket, String key, Throwable failure) {
        return "Cannot "
                + action.words()
                + ' '
                + (key == null ? "s3://" + bucket : "s3://" + bucket + '/' + key)
                + ": "
                + reason(failure)
                + '.';
    }

    private static String reason(Throwable failure) {
        if (failure instanceof AwsServiceException service) {
            String code = S3Classifier.code(service);
            return (code.isEmpty() ? "" : code + ", ")
                    + "HTTP "
                    + service.statusCode()
                    + (service.requestId() == null ? "" : ", request " + service.requestId());
        }
        return failure.toString();
    }

    private static String wayOut(S3Action action, String bucket, Throwable failure) {
        String code =
                failure instanceof AwsServiceException service ? S3Classifier.code(service) : "";
        int status = failure instanceof SdkServiceException service ? service.statusCode() : 0;
        KmsFailure kms = KmsFailure.of(failure);
        if (kms != null) {
            return kms.wayOut();
        }
        if (code.startsWith("KMS.")) {
            return "KMS cannot be used with the key that encrypts the objects: check s3.encryption.kms-key-arn and the bucket's default encryption.";
        }
        switch (code) {
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" -> {
                return "The credentials are wrong: check aws.credentials.*.";
            }
            case "NoSuchBucket" -> {
                return noSuchBucket(bucket);
            }
            case "InvalidPart", "InvalidPartOrder" -> {
                return "The parts of the upload are not those that the checkpoint names; is another job that was restored from the same checkpoint running?";
            }
            case "NoSuchUpload" -> {
                return "The upload is gone.";
            }
            case "KeyTooLongError" -> {
                return "Shorten s3.prefix or s3.error-prefix.";
            }
            default -> {
                // The status decides.
            }
        }
        if (status == FORBIDDEN) {
            return "Allow "
                    + action.permission()
                    + " on the bucket to the identity that aws.credentials.* gives (its policy, the bucket's policy, and the KMS key's where one encrypts).";
        }
        if (status == NOT_FOUND && action == S3Action.CHECK_BUCKET) {
            return noSuchBucket(bucket);
        }
        if (status == MOVED) {
            return "The bucket is in another region: set aws.region to the bucket's.";
        }
        if (isUnreachable(failure)) {
            return "Nothing answers there: check aws.endpoint, or where it is not set aws.region, and the network between.";
        }
        return "See the cause.";
    }

    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String noSuchBucket(String bucket) {
        return "There is no bucket '"
                + bucket
                + "' there: create it, or correct the bucket's name, aws.region or aws.endpoint.";
    }
}
