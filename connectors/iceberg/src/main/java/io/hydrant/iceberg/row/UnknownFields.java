package io.hydrant.iceberg.row;

/** What becomes of fields that a table has no column for. */
public enum UnknownFields {
    /** The record goes to the dead letter. */
    DEAD_LETTER,
    /** They are left out, as Firehose does. */
    IGNORE,
    /** The table gets columns for them. */
    ADD,
    /** They go, as a JSON object, to a column made for that. */
    COLLECT
}
