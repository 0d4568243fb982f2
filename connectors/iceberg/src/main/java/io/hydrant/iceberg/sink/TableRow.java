package io.hydrant.iceberg.sink;

import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

import java.util.Objects;

/**
 * A row on its way to a table: the record that it comes from, which is what travels between tasks,
 * and the row itself as long as it stays in one.
 */
final class TableRow {

    private final String table;
    private final RowKind kind;
    private final int schemaId;
    private final int distribution;
    private final byte[] payload;
    private final int offset;
    private final int length;
    private final RowData row;

    /**
     * A row.
     *
     * @param table full name of the table
     * @param kind INSERT for a row to add, UPDATE_AFTER for one to replace, DELETE for one to
     *     remove
     * @param schemaId id of the table's schema that the row was judged by
     * @param distribution the same for all rows of one key
     * @param payload holds the record, a JSON object
     * @param row the row, null where it is still to be read from the record
     */
    TableRow(
            String table,
            RowKind kind,
            int schemaId,
            int distribution,
            byte[] payload,
            int offset,
            int length,
            RowData row) {
        this.table = Objects.requireNonNull(table, "table");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.schemaId = schemaId;
        this.distribution = distribution;
        this.payload = payload;
        this.offset = offset;
        this.length = length;
        this.row = row;
    }

    String table() {
        return table;
    }

    RowKind kind() {
        return kind;
    }

    int schemaId() {
        return schemaId;
    }

    int distribution() {
        return distribution;
    }

    byte[] payload() {
        return payload;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    RowData row() {
        return row;
    }
}
