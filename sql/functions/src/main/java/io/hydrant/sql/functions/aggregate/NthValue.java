package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

import java.util.List;

/**
 * {@code KDA_NTH_VALUE(value, n [, from_last [, ignore_nulls]])}: the n-th value of the window,
 * counted from 1; null where there are not so many.
 *
 * <p>Source: SQL reference, NTH_VALUE, which is a word of Flink's grammar, hence the name.
 */
public final class NthValue extends RecentValues {

    private static final long serialVersionUID = 1;

    @Override
    List<DataType> others() {
        return List.of(DataTypes.INT(), DataTypes.BOOLEAN(), DataTypes.BOOLEAN());
    }

    @Override
    int required() {
        return 1;
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value, Integer n) throws Exception {
        accumulate(window, value, n, false, false);
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value, Integer n, Boolean fromLast)
            throws Exception {
        accumulate(window, value, n, fromLast, false);
    }

    /** Adds a value. */
    public void accumulate(
            Window window, Object value, Integer n, Boolean fromLast, Boolean ignoreNulls)
            throws Exception {
        // No value stands so far.
        window.place = n == null || n < 1 ? Integer.MAX_VALUE : n - 1;
        window.fromLast = Boolean.TRUE.equals(fromLast);
        window.ignoreNulls = Boolean.TRUE.equals(ignoreNulls);
        window.add(value);
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Integer n) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Integer n, Boolean fromLast) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(
            Window window, Object value, Integer n, Boolean fromLast, Boolean ignoreNulls)
            throws Exception {
        window.removeOldest();
    }

    @Override
    public Object getValue(Window window) {
        return read(window::wanted);
    }
}
