package io.hydrant.jobs.delivery.document;

import java.util.Objects;

/**
 * The stream that a delivery reads.
 *
 * @param path where in the document it stands
 * @param streamArn ARN of the Kinesis stream
 * @param roleArn role that Firehose would assume to read it, or null
 */
public record KinesisStreamSource(String path, String streamArn, String roleArn) {

    /** Validates that nothing is missing. */
    public KinesisStreamSource {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(streamArn, "streamArn");
    }
}
