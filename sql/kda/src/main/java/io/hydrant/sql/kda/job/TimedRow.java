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
 * A row with its time, and with a field for each column, of a row that has the columns alone which
 * somebody reads: so that a row which came over the network in one piece is not taken to pieces for
 * it.
 */
final class TimedRow implements RowData {

    /** Of each field, which it is in the row; -1 for none, which is NULL. */
    private final int[] places;

    private final TimestampData time;
    private final RowData row;

    /**
     * A row.
     *
     * @param places of each field, which it is in the row; -1 for none. Kept as it is
     * @param time the first field, whatever the row has there
     */
    TimedRow(int[] places, TimestampData time, RowData row) {
        this.places = places;
        this.time = time;
        this.row = row;
    }

    @Override
    public int getArity() {
        return places.length;
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
        return field == 0 ? time : row.getTimestamp(places[field], precision);
    }

    @Override
    public boolean isNullAt(int field) {
        return places[field] < 0 || row.isNullAt(places[field]);
    }

    @Override
    public boolean getBoolean(int field) {
        return row.getBoolean(places[field]);
    }

    @Override
    public byte getByte(int field) {
        return row.getByte(places[field]);
    }

    @Override
    public short getShort(int field) {
        return row.getShort(places[field]);
    }

    @Override
    public int getInt(int field) {
        return row.getInt(places[field]);
    }

    @Override
    public long getLong(int field) {
        return row.getLong(places[field]);
    }

    @Override
    public float getFloat(int field) {
        return row.getFloat(places[field]);
    }

    @Override
    public double getDouble(int field) {
        return row.getDouble(places[field]);
    }

    @Override
    public StringData getString(int field) {
        return row.getString(places[field]);
    }

    @Override
    public DecimalData getDecimal(int field, int precision, int scale) {
        return row.getDecimal(places[field], precision, scale);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int field) {
        return row.getRawValue(places[field]);
    }

    @Override
    public byte[] getBinary(int field) {
        return row.getBinary(places[field]);
    }

    @Override
    public ArrayData getArray(int field) {
        return row.getArray(places[field]);
    }

    @Override
    public MapData getMap(int field) {
        return row.getMap(places[field]);
    }

    @Override
    public RowData getRow(int field, int fields) {
        return row.getRow(places[field], fields);
    }

    @Override
    public Variant getVariant(int field) {
        return row.getVariant(places[field]);
    }
}
