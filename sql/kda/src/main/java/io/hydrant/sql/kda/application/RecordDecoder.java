package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.function.IntPredicate;

/**
 * Turns the bytes of records into the rows of an input stream or a reference table.
 *
 * <p>A record never fails as a whole for one bad row: every row that fits is handed on, every one
 * that does not is an error. Each record becomes at least one row or one error. Decoders keep
 * nothing between records; one must not be used by two threads at once.
 *
 * <p>Source of the conversions: developer guide, "Mapping Streaming Source Elements to SQL Input
 * Columns" and "Working with JSONPath".
 */
public interface RecordDecoder extends Serializable {

    /** Takes what a record becomes, in the record's order. */
    interface Rows {

        /** A row: one value for each column of the schema, of the type's Java class, or null. */
        void row(Object[] values);

        /** A row that does not fit the schema. */
        void error(DecodingError error);
    }

    /** Decodes one record, bytes {@code offset} to {@code offset + length}. */
    void decode(byte[] bytes, int offset, int length, Rows rows);

    /**
     * The decoder of a schema.
     *
     * @throws IllegalArgumentException if a mapping is no path, or the mappings flatten two arrays
     */
    static RecordDecoder of(RecordSchema schema) {
        return of(schema, column -> true);
    }

    /**
     * The decoder of a schema for somebody who does not read all columns.
     *
     * @param isRead which columns are; others are decoded as far as they may be errors, and may be
     *     null
     * @throws IllegalArgumentException if a mapping is no path, or the mappings flatten two arrays
     */
    static RecordDecoder of(RecordSchema schema, IntPredicate isRead) {
        return schema.format() instanceof RecordFormat.Csv csv
                ? new CsvRecordDecoder(schema.columns(), csv)
                : new JsonRecordDecoder(
                        schema.columns(), (RecordFormat.Json) schema.format(), isRead);
    }
}
