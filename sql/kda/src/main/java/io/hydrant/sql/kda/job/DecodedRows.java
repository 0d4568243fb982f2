package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How what a record became looks between its reader and who gives it its time: those fields of the
 * in-application streams that somebody reads, with the arrival where their ROWTIME will be, and
 * behind them where it belongs and, of a row that does not fit the schema, why.
 */
final class DecodedRows implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MILLISECONDS = 3;

    /** Why a row does not fit the schema: name and message, and the record. */
    private static final RowType WHY =
            RowType.of(
                    new VarCharType(VarCharType.MAX_LENGTH),
                    new VarCharType(VarCharType.MAX_LENGTH),
                    new VarBinaryType(VarBinaryType.MAX_LENGTH));

    private final RowType streamType;

    /** Of each field of the streams, which it is here; -1 where nobody reads it. */
    private final int[] places;

    private final int fields;

    /**
     * Rows of in-application streams.
     *
     * @param streamType ROWTIME, the record's columns, those that say where a record was
     * @param isRead which of them anybody reads; the others are NULL. ROWTIME counts as read
     */
    DecodedRows(RowType streamType, boolean[] isRead) {
        this.streamType = streamType;
        places = new int[streamType.getFieldCount()];
        int next = 1;
        for (int i = 1; i < places.length; i++) {
            places[i] = isRead[i] ? next++ : -1;
        }
        fields = next;
    }

    RowType streamType() {
        return streamType;
    }

    /** The type between the two. */
    RowType type() {
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                RowType.RowField field = streamType.getFields().get(i);
                all.add(new Column(field.getName(), field.getType()));
            }
        }
        all.add(new Column("$PLACE", new IntType(false)));
        all.add(new Column("$WHY", WHY));
        return RowType.of(
                all.stream().map(Column::type).toArray(LogicalType[]::new),
                all.stream().map(Column::name).toArray(String[]::new));
    }

    /** Whether anybody reads a field of the streams. */
    boolean isRead(int field) {
        return places[field] >= 0;
    }

    /** Sets a field of the streams, if anybody reads it. */
    void set(GenericRowData row, int field, Object value) {
        if (places[field] >= 0) {
            row.setField(places[field], value);
        }
    }

    /** The row as the streams have it. */
    RowData timed(RowData row, TimestampData rowtime) {
        return new TimedRow(places, rowtime, row);
    }

    /** A row without values but its arrival and place. */
    GenericRowData row(TimestampData arrival, int place) {
        GenericRowData row = new GenericRowData(fields + 2);
        row.setField(0, arrival);
        row.setField(fields, place);
        return row;
    }

    /** The row of a record that does not fit the schema. */
    GenericRowData error(TimestampData arrival, int place, DecodingError error, byte[] record) {
        GenericRowData row = row(arrival, place);
        row.setField(
                fields + 1,
                GenericRowData.of(
                        StringData.fromString(error.name()),
                        StringData.fromString(error.message()),
                        record));
        return row;
    }

    /** When its record arrived. */
    static long arrivalMillis(RowData row) {
        return row.getTimestamp(0, MILLISECONDS).getMillisecond();
    }

    /** The same for all records of a shard. */
    int place(RowData row) {
        return row.getInt(fields);
    }

    /** Why the row does not fit the schema; null where it does. */
    DecodingError error(RowData row) {
        if (row.isNullAt(fields + 1)) {
            return null;
        }
        RowData why = row.getRow(fields + 1, WHY.getFieldCount());
        return new DecodingError(why.getString(0).toString(), why.getString(1).toString());
    }

    /** The record of a row that does not fit the schema. */
    byte[] record(RowData row) {
        return row.getRow(fields + 1, WHY.getFieldCount()).getBinary(2);
    }
}
