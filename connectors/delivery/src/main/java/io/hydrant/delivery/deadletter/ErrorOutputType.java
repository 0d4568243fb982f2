package io.hydrant.delivery.deadletter;

/**
 * The kinds of error output, each with the folder name that Firehose gives it ({@code
 * !{firehose:error-output-type}}).
 *
 * <p>Source: Firehose developer guide, "Custom prefixes for Amazon S3 objects" and "Decompression
 * FAQ".
 */
public enum ErrorOutputType {
    /** A transform failed for the record or refused it. */
    PROCESSING_FAILED("processing-failed"),
    /** The record could not be converted to the output format. */
    FORMAT_CONVERSION_FAILED("format-conversion-failed"),
    /** The record should have been compressed input and was not. */
    DECOMPRESSION_FAILED("decompression-failed");

    private final String folder;

    ErrorOutputType(String folder) {
        this.folder = folder;
    }

    /** The value of {@code !{firehose:error-output-type}}. */
    public String folder() {
        return folder;
    }
}
