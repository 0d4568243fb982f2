package io.hydrant.sql.kda.application;

import java.io.Serializable;

/** How rows stand in the bytes of a record. */
public sealed interface RecordFormat extends Serializable {

    /**
     * Records are JSON texts.
     *
     * @param rowPath JSONPath of what becomes a row; {@code $} for the record itself
     */
    record Json(String rowPath) implements RecordFormat {}

    /**
     * Records are rows of fields.
     *
     * @param rowDelimiter what ends a row, such as a line feed
     * @param columnDelimiter what stands between two fields, such as a comma
     */
    record Csv(String rowDelimiter, String columnDelimiter) implements RecordFormat {}
}
