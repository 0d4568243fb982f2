package io.hydrant.jobs.delivery.document;

import java.util.Objects;

/**
 * The bucket that a delivery writes to, and how. A component that is null was not given.
 *
 * @param path where in the document it stands
 * @param bucket name of the bucket
 * @param roleArn role that Firehose would assume to write to it
 * @param prefix prefix of data objects, with Firehose's expressions
 * @param errorOutputPrefix prefix of error objects, with Firehose's expressions
 * @param bufferMegabytes size hint
 * @param bufferSeconds interval hint
 * @param compression Firehose's name of the compression
 * @param kmsKeyArn key that objects are encrypted with
 * @param processors what is done to records; never null
 * @param fileExtension own file extension; empty for the default one
 * @param timeZone time zone of prefixes and names; empty for UTC
 * @param dynamicPartitioning whether the prefix holds partitioning keys
 * @param backup where records are kept as they came; null where they are not
 * @param conversion what records are converted to, null where they stay what they are
 */
public record S3Destination(
        String path,
        String bucket,
        String roleArn,
        String prefix,
        String errorOutputPrefix,
        Integer bufferMegabytes,
        Integer bufferSeconds,
        String compression,
        String kmsKeyArn,
        Processors processors,
        String fileExtension,
        String timeZone,
        Boolean dynamicPartitioning,
        S3Destination backup,
        FormatConversion conversion) {

    /** Validates that nothing is missing that a destination cannot be without. */
    public S3Destination {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(processors, "processors");
    }
}
