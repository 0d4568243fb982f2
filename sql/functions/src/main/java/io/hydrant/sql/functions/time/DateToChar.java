package io.hydrant.sql.functions.time;

import org.apache.flink.table.data.TimestampData;

import java.time.LocalDate;

/** {@code DATE_TO_CHAR(pattern, date)}: a date as text. Source: SQL reference, DATE_TO_CHAR. */
public final class DateToChar extends TimeToText {

    private static final long serialVersionUID = 1;

    /** Null where an argument is null or the pattern is none. */
    public String eval(String pattern, LocalDate date) {
        return date == null
                ? null
                : format(pattern, TimestampData.fromLocalDateTime(date.atStartOfDay()));
    }
}
