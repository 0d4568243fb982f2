package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;

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
    private final Envelope record;
    private final Part part;
    private final RowData row;

    /**
     * A row.
     *
     * @param table full name of the table
     * @param kind INSERT for a row to add, UPDATE_AFTER for one to replace, DELETE for one to
     *     remove
     * @param schemaId id of the table's schema that the row was judged by
     * @param distribution the same for all rows of one key
     * @param record the record, whose payload is a JSON object
     * @param part which part of the record it is
     * @param row the row, null where it is still to be read from the record
     */
    TableRow(
            String table,
            RowKind kind,
            int schemaId,
            int distribution,
            Envelope record,
            Part part,
            RowData row) {
        this.table = Objects.requireNonNull(table, "table");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.schemaId = schemaId;
        this.distribution = distribution;
        this.record = Objects.requireNonNull(record, "record");
        this.part = Objects.requireNonNull(part, "part");
        this.row = row;
    }

    /** The same as that part of the record. */
    TableRow of(Part other) {
        return other.equals(part)
                ? this
                : new TableRow(table, kind, schemaId, distribution, record, other, row);
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

    Envelope record() {
        return record;
    }

    Part part() {
        return part;
    }

    RowData row() {
        return row;
    }
}
