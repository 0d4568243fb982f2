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
 * How what a record became looks between its reader and who gives it its time: the fields of the
 * in-application streams with the arrival where their ROWTIME will be, and behind them where it
 * belongs and, of a row that does not fit the schema, why.
 */
final class DecodedRows implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MILLISECONDS = 3;

    private final RowType streamType;
    private final int fields;

    /**
     * Rows of in-application streams.
     *
     * @param streamType ROWTIME, the record's columns, those that say where a record was
     */
    DecodedRows(RowType streamType) {
        this.streamType = streamType;
        this.fields = streamType.getFieldCount();
    }

    RowType streamType() {
        return streamType;
    }

    /** The type between the two. */
    RowType type() {
        List<Column> all = new ArrayList<>();
        streamType
                .getFields()
                .forEach(field -> all.add(new Column(field.getName(), field.getType())));
        all.add(new Column("$PLACE", new IntType(false)));
        all.add(new Column("$ERROR", new VarCharType(VarCharType.MAX_LENGTH)));
        all.add(new Column("$MESSAGE", new VarCharType(VarCharType.MAX_LENGTH)));
        all.add(new Column("$RECORD", new VarBinaryType(VarBinaryType.MAX_LENGTH)));
        return RowType.of(
                all.stream().map(Column::type).toArray(LogicalType[]::new),
                all.stream().map(Column::name).toArray(String[]::new));
    }

    /** A row without values but its arrival and place. */
    GenericRowData row(TimestampData arrival, int place) {
        GenericRowData row = new GenericRowData(fields + 4);
        row.setField(0, arrival);
        row.setField(fields, place);
        return row;
    }

    /** The row of a record that does not fit the schema. */
    GenericRowData error(TimestampData arrival, int place, DecodingError error, byte[] record) {
        GenericRowData row = row(arrival, place);
        row.setField(fields + 1, StringData.fromString(error.name()));
        row.setField(fields + 2, StringData.fromString(error.message()));
        row.setField(fields + 3, record);
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
        return row.isNullAt(fields + 1)
                ? null
                : new DecodingError(
                        row.getString(fields + 1).toString(), row.getString(fields + 2).toString());
    }

    /** The record of a row that does not fit the schema. */
    byte[] record(RowData row) {
        return row.getBinary(fields + 3);
    }
}
