package io.hydrant.jobs.delivery.document;

/**
 * What a {@code ProcessingConfiguration} says. A component that is null was not given.
 *
 * @param appendDelimiter whether a newline follows each record
 * @param decompression whether records are GZIP
 * @param logMessages whether only messages of CloudWatch Logs are kept
 * @param subRecordType Firehose's name of how records within a record are told apart
 * @param delimiter what stands between them, base64
 * @param query jq query for partitioning keys
 * @param lambda the function that transforms records
 */
public record Processors(
        Boolean appendDelimiter,
        Boolean decompression,
        Boolean logMessages,
        String subRecordType,
        String delimiter,
        String query,
        LambdaProcessor lambda) {

    /** Nothing was said. */
    static final Processors NONE = new Processors(null, null, null, null, null, null, null);

    /** The same without the query, where that is not for partitioning keys. */
    Processors withoutQuery() {
        return new Processors(
                appendDelimiter,
                decompression,
                logMessages,
                subRecordType,
                delimiter,
                null,
                lambda);
    }
}
