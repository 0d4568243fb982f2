package io.hydrant.sql.kda.job;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/**
 * The first fields of a row, the first of them being its time, whatever that row has there: so that
 * a row which came over the network in one piece is not taken to pieces for it.
 */
final class TimedRow implements RowData {

    private final int arity;
    private final TimestampData time;
    private final RowData row;

    TimedRow(int arity, TimestampData time, RowData row) {
        this.arity = arity;
        this.time = time;
        this.row = row;
    }

    @Override
    public int getArity() {
        return arity;
    }

    @Override
    public RowKind getRowKind() {
        return row.getRowKind();
    }

    @Override
    public void setRowKind(RowKind kind) {
        row.setRowKind(kind);
    }

    @Override
    public TimestampData getTimestamp(int field, int precision) {
        return field == 0 ? time : row.getTimestamp(field, precision);
    }

    @Override
    public boolean isNullAt(int field) {
        return row.isNullAt(field);
    }

    @Override
    public boolean getBoolean(int field) {
        return row.getBoolean(field);
    }

    @Override
    public byte getByte(int field) {
        return row.getByte(field);
    }

    @Override
    public short getShort(int field) {
        return row.getShort(field);
    }

    @Override
    public int getInt(int field) {
        return row.getInt(field);
    }

    @Override
    public long getLong(int field) {
        return row.getLong(field);
    }

    @Override
    public float getFloat(int field) {
        return row.getFloat(field);
    }

    @Override
    public double getDouble(int field) {
        return row.getDouble(field);
    }

    @Override
    public StringData getString(int field) {
        return row.getString(field);
    }

    @Override
    public DecimalData getDecimal(int field, int precision, int scale) {
        return row.getDecimal(field, precision, scale);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int field) {
        return row.getRawValue(field);
    }

    @Override
    public byte[] getBinary(int field) {
        return row.getBinary(field);
    }

    @Override
    public ArrayData getArray(int field) {
        return row.getArray(field);
    }

    @Override
    public MapData getMap(int field) {
        return row.getMap(field);
    }

    @Override
    public RowData getRow(int field, int fields) {
        return row.getRow(field, fields);
    }

    @Override
    public Variant getVariant(int field) {
        return row.getVariant(field);
    }
}
