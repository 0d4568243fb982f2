package io.hydrant.sql.functions.time;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code KDA_TO_TIMESTAMP(milliseconds)}: the time so many milliseconds after 1970-01-01 00:00:00
 * UTC.
 *
 * <p>Source: SQL reference, TO_TIMESTAMP. Flink's function of that name takes text, hence the name.
 */
public final class ToTimestamp extends ScalarFunction {

    private static final long serialVersionUID = 1;

    /** Null for null. */
    @DataTypeHint(value = "TIMESTAMP(3)", bridgedTo = TimestampData.class)
    public TimestampData eval(Long milliseconds) {
        return milliseconds == null ? null : TimestampData.fromEpochMillis(milliseconds);
    }
}
