package io.hydrant.sql.kda.tryout;

import org.apache.flink.table.data.RowData;

/**
 * A step of the clock, with the row that makes it.
 *
 * @param time milliseconds since 1970
 * @param values of the input stream's columns and its system columns; null for a bound or an error
 * @param error the row of the error stream that the event is; null for none
 */
record Event(long time, Object[] values, RowData error) {}
