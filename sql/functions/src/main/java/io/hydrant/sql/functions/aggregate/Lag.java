package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

import java.util.Arrays;
import java.util.List;

/**
 * {@code KDA_LAG(value [, n [, if_none [, ignore_nulls]]])}: the value n rows before the newest one
 * of the window, by default 1; {@code if_none}, by default null, where there is no such row. It
 * does not stand for values that are null.
 *
 * <p>Source: SQL reference, LAG. Flink's LAG knows neither a frame nor IGNORE NULLS, hence the
 * name.
 */
public final class Lag extends RecentValues {

    private static final long serialVersionUID = 1;

    @Override
    List<DataType> others() {
        return Arrays.asList(DataTypes.INT(), null, DataTypes.BOOLEAN());
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value) throws Exception {
        accumulate(window, value, 1, null, false);
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value, Integer n) throws Exception {
        accumulate(window, value, n, null, false);
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value, Integer n, Object ifNone) throws Exception {
        accumulate(window, value, n, ifNone, false);
    }

    /** Adds a value. */
    public void accumulate(
            Window window, Object value, Integer n, Object ifNone, Boolean ignoreNulls)
            throws Exception {
        window.place = n == null || n < 0 ? Integer.MAX_VALUE : n;
        window.ifNone = ifNone;
        window.ignoreNulls = Boolean.TRUE.equals(ignoreNulls);
        window.add(value);
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Integer n) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Integer n, Object ifNone) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Integer n, Object ifNone, Boolean ignoreNulls)
            throws Exception {
        window.removeOldest();
    }

    @Override
    public Object getValue(Window window) {
        return read(window::before);
    }
}
