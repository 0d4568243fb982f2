package io.hydrant.s3.store;

/**
 * The storage classes that objects may be written into: those whose objects can be read at once,
 * since a delivery may have to look at what it wrote.
 *
 * <p>Source: Amazon S3 user guide, "Understanding and managing Amazon S3 storage classes".
 */
public enum StorageTier {
    /** S3 Standard. */
    STANDARD,
    /** S3 Intelligent-Tiering. */
    INTELLIGENT_TIERING,
    /** S3 Standard-Infrequent Access. */
    STANDARD_IA,
    /** S3 One Zone-Infrequent Access. */
    ONEZONE_IA,
    /** S3 Glacier Instant Retrieval. */
    GLACIER_IR
}
