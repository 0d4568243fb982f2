package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

import java.util.List;

/**
 * {@code KDA_LAST_VALUE(value [, ignore_nulls])}: the last value of the window, null ones left out
 * on demand.
 *
 * <p>Source: SQL reference, LAST_VALUE. Flink's function of that name always leaves nulls out,
 * hence the name.
 */
public final class LastValue extends RecentValues {

    private static final long serialVersionUID = 1;

    @Override
    List<DataType> others() {
        return List.of(DataTypes.BOOLEAN());
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value) throws Exception {
        accumulate(window, value, false);
    }

    /** Adds a value. */
    public void accumulate(Window window, Object value, Boolean ignoreNulls) throws Exception {
        window.fromLast = true;
        window.ignoreNulls = Boolean.TRUE.equals(ignoreNulls);
        window.add(value);
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value) throws Exception {
        window.removeOldest();
    }

    /** Takes the oldest value away. */
    public void retract(Window window, Object value, Boolean ignoreNulls) throws Exception {
        window.removeOldest();
    }

    @Override
    public Object getValue(Window window) {
        return read(window::wanted);
    }
}
