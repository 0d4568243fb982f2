package io.hydrant.localstack.fakes.redshift;

import java.util.List;

/**
 * A COPY from S3, as its text says it.
 *
 * @param table name as written, with its schema
 * @param columns names as written, empty for all of the table
 * @param bucket bucket of the manifest or the objects
 * @param key key of the manifest, or prefix of the objects
 * @param isManifest whether the key is a manifest's
 * @param format how rows are written
 * @param delimiter between fields
 * @param quote around fields of CSV
 * @param jsonPaths {@code auto}, {@code auto ignorecase}, or the address of a file of paths; null
 *     where the format is not JSON
 * @param compression of the objects
 * @param maxErrors how many rows may be refused
 * @param ignoredHeaderLines lines to pass over at the beginning of each object
 * @param nullText what stands for null
 * @param emptyAsNull whether nothing is null
 * @param blanksAsNull whether blanks are null
 * @param isCheckOnly whether nothing is loaded
 * @param fillsRecord whether columns that are missing at the end are nulls
 * @param serializesToJson whether what is nested becomes JSON
 */
record CopyCommand(
        String table,
        List<String> columns,
        String bucket,
        String key,
        boolean isManifest,
        Format format,
        char delimiter,
        char quote,
        String jsonPaths,
        Compression compression,
        int maxErrors,
        int ignoredHeaderLines,
        String nullText,
        boolean emptyAsNull,
        boolean blanksAsNull,
        boolean isCheckOnly,
        boolean fillsRecord,
        boolean serializesToJson) {

    /** How rows are written. */
    enum Format {
        DELIMITED,
        CSV,
        JSON,
        PARQUET
    }

    /** How objects are compressed. */
    enum Compression {
        NONE,
        GZIP,
        ZSTD
    }
}
