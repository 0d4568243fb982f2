package io.hydrant.sql.kda.translate;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;

import java.util.List;

/**
 * An interval of days and less as text: a sign, the fields from the first to the last, and a
 * fraction of a second where there is one.
 *
 * <p>Source: SQL reference, "Date, Timestamp, and Interval", for example {@code +2 00:06:11}.
 */
final class IntervalText {

    private static final List<TimeUnit> UNITS =
            List.of(TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);

    private IntervalText() {}

    /** The text in Flink's SQL; what is less than the last field is cut off. */
    static String of(String millis, SqlIntervalQualifier qualifier) {
        int first = UNITS.indexOf(qualifier.getStartUnit());
        TimeUnit end = qualifier.getEndUnit();
        int last = end == null ? first : UNITS.indexOf(end);
        String length = "ABS(" + millis + ")";
        StringBuilder text = new StringBuilder("CASE WHEN ");
        text.append(millis).append(" < 0 THEN '-' ELSE '+' END || CAST(");
        text.append(length).append(" / ").append(millis(first)).append(" AS STRING)");
        for (int field = first + 1; field <= last; field++) {
            text.append(UNITS.get(field) == TimeUnit.HOUR ? " || ' '" : " || ':'");
            text.append(" || LPAD(CAST(MOD(").append(length);
            text.append(" / ").append(millis(field)).append(", ");
            text.append(millis(field - 1) / millis(field));
            text.append(") AS STRING), 2, '0')");
        }
        if (UNITS.get(last) == TimeUnit.SECOND) {
            String fraction = "MOD(" + length + ", 1000)";
            text.append(" || CASE WHEN ").append(fraction).append(" = 0 THEN '' ELSE '.' || LPAD(");
            text.append("CAST(").append(fraction).append(" AS STRING), 3, '0') END");
        }
        return "(" + text + ")";
    }

    private static long millis(int unit) {
        return Intervals.millis(UNITS.get(unit));
    }
}
