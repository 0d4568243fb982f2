package io.hydrant.s3.store;

/** With whose key S3 encrypts objects at rest. */
public enum Encryption {
    /** As the bucket says, which since 2023 is at least {@link #SSE_S3}. */
    BUCKET_DEFAULT,
    /** With keys that S3 manages (AES-256). */
    SSE_S3,
    /** With a key in AWS KMS. */
    SSE_KMS
}
