package io.hydrant.jobs.delivery.document;

import java.util.Objects;

/**
 * The stream that a delivery reads.
 *
 * @param path where in the document it stands; with DirectPut, where that is said
 * @param streamArn ARN of the Kinesis stream; null where records are put to Firehose itself, so
 *     that no field names one
 * @param roleArn role that Firehose would assume to read it, or null
 */
public record KinesisStreamSource(String path, String streamArn, String roleArn) {

    /** Validates that nothing is missing. */
    public KinesisStreamSource {
        Objects.requireNonNull(path, "path");
    }

    /** Records that producers put to Firehose itself. */
    static KinesisStreamSource ofDirectPut(String path) {
        return new KinesisStreamSource(path, null, null);
    }

    /** Whether producers put to Firehose itself. */
    public boolean isDirectPut() {
        return streamArn == null;
    }
}
