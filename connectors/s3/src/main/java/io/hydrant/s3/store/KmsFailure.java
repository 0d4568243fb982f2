package io.hydrant.s3.store;

import io.hydrant.core.outcome.Outcome;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What can be wrong with the key that objects are encrypted with, as S3 passes it on from KMS, each
 * with the name that Firehose counts it under.
 *
 * <p>A key whose state does not allow its use may be on its way to one that does (it is being made,
 * its material is being imported), so that is tried again; nobody but its owner brings the others
 * into order.
 *
 * <p>Source: AWS KMS API reference, GenerateDataKey; Firehose developer guide, "Monitor with
 * CloudWatch metrics".
 */
public enum KmsFailure {
    /** The key's policy, or the identity's, does not allow its use. */
    ACCESS_DENIED(
            "KMSKeyAccessDenied",
            Outcome.FATAL,
            "Allow kms:GenerateDataKey and kms:Decrypt on the key to the identity that aws.credentials.* gives, in its policy and in the key's."),
    /** The key is disabled. */
    DISABLED(
            "KMSKeyDisabled",
            Outcome.FATAL,
            "The KMS key that encrypts the objects is disabled: enable it, or name another by s3.encryption.kms-key-arn or in the bucket's default encryption."),
    /** The key's state does not allow its use. */
    INVALID_STATE(
            "KMSKeyInvalidState",
            Outcome.RETRY,
            "The state of the KMS key that encrypts the objects does not allow its use, as while its deletion is scheduled: bring it back, or name another by s3.encryption.kms-key-arn."),
    /** There is no such key. */
    NOT_FOUND(
            "KMSKeyNotFound",
            Outcome.FATAL,
            "There is no such KMS key in the bucket's region: correct s3.encryption.kms-key-arn or the bucket's default encryption.");

    private final String metric;
    private final Outcome outcome;
    private final String wayOut;

    KmsFailure(String metric, Outcome outcome, String wayOut) {
        this.metric = metric;
        this.outcome = outcome;
        this.wayOut = wayOut;
    }

    /** What is wrong with the key, or null where the failure is another. */
    static KmsFailure of(Throwable failure) {
        if (!(failure instanceof AwsServiceException service)) {
            return null;
        }
        return switch (S3Classifier.code(service)) {
            case "KMS.DisabledException" -> DISABLED;
            case "KMS.NotFoundException" -> NOT_FOUND;
            case "KMS.KMSInvalidStateException", "KMS.InvalidStateException" -> INVALID_STATE;
            case "KMS.AccessDeniedException" -> ACCESS_DENIED;
            // S3 has one code for every permission; what is denied stands in the text.
            case "AccessDenied" ->
                    String.valueOf(service.getMessage()).contains("kms:") ? ACCESS_DENIED : null;
            default -> null;
        };
    }

    /** Firehose's name of the metric that counts it. */
    public String metric() {
        return metric;
    }

    Outcome outcome() {
        return outcome;
    }

    String wayOut() {
        return wayOut;
    }
}
