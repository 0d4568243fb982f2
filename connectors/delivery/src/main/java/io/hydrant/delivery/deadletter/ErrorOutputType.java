package io.hydrant.delivery.deadletter;

/**
 * The kinds of error output, each with the folder name that Firehose gives it ({@code
 * !{firehose:error-output-type}}).
 *
 * <p>Source: Firehose developer guide, "Custom prefixes for Amazon S3 objects", "Decompression FAQ"
 * and "Handle data delivery failures". {@code metadata-extraction-failed} is in no guide; it is
 * what streams with dynamic partitioning are seen to write.
 */
public enum ErrorOutputType {
    /** A transform failed for the record or refused it. */
    PROCESSING_FAILED("processing-failed"),
    /** The record could not be converted to the output format. */
    FORMAT_CONVERSION_FAILED("format-conversion-failed"),
    /** The record should have been compressed input and was not. */
    DECOMPRESSION_FAILED("decompression-failed"),
    /** The partitioning keys of the record could not be had, or gave no prefix. */
    METADATA_EXTRACTION_FAILED("metadata-extraction-failed"),
    /** OpenSearch refused the document. */
    OPENSEARCH_FAILED("AmazonOpenSearchService-failed"),
    /** Splunk refused the event. */
    SPLUNK_FAILED("splunk-failed"),
    /** The HTTP endpoint refused the record. */
    HTTP_ENDPOINT_FAILED("http-endpoint-failed"),
    /** Snowflake refused the row. */
    SNOWFLAKE_FAILED("snowflake-failed"),
    /** The record did not fit a table of Iceberg, or had none. */
    ICEBERG_FAILED("iceberg-failed"),
    /** Redshift refused the row; Firehose, which fails the whole load, has no name for it. */
    REDSHIFT_FAILED("redshift-failed"),
    /** The record did not fail: it waits in its object to be put into a table of Iceberg. */
    ICEBERG_WAITING("iceberg-waiting");

    private final String folder;

    ErrorOutputType(String folder) {
        this.folder = folder;
    }

    /** The type whose {@link #folder()} is that, or null where there is none. */
    public static ErrorOutputType ofFolder(String folder) {
        for (ErrorOutputType type : values()) {
            if (type.folder.equals(folder)) {
                return type;
            }
        }
        return null;
    }

    /** Whether its records did not fail, but wait for the destination to take them. */
    public boolean isWaiting() {
        return this == ICEBERG_WAITING;
    }

    /** The value of {@code !{firehose:error-output-type}}. */
    public String folder() {
        return folder;
    }
}
