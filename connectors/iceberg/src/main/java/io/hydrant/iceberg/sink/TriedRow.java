package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;

import java.util.Objects;

/**
 * What a record would do to a table.
 *
 * @param record what would become of it: the record itself where it would become a row, or be none
 *     that is delivered, else a dead letter
 * @param table full name of the table, null where it would become no row
 * @param operation what it would do there: insert, update (a row takes the place of the one with
 *     its keys) or delete; null where it would become no row
 * @param row the row as a JSON object, of a deletion the columns that are given; null where it
 *     would become none
 */
public record TriedRow(DeliveryRecord record, String table, String operation, String row) {

    /** Validates that there is a record. */
    public TriedRow {
        Objects.requireNonNull(record, "record");
    }

    static TriedRow none(DeliveryRecord record) {
        return new TriedRow(record, null, null, null);
    }
}
