package io.hydrant.delivery.conversion.json;

import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Timestamps of the Hive SerDe: the given patterns of Joda-Time in their order, {@code millis} for
 * milliseconds since the epoch, and behind them what {@code java.sql.Timestamp.valueOf} takes. All
 * without a zone of their own are in UTC.
 */
final class JodaTimestamps implements Timestamps {

    private static final String MILLIS = "millis";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

    /** Null stands for {@link #MILLIS}. */
    private final DateTimeFormatter[] formats;

    JodaTimestamps(List<String> formats) {
        this.formats =
                formats.stream().map(JodaTimestamps::compile).toArray(DateTimeFormatter[]::new);
    }

    /** The formatter of a pattern, null for {@code millis}. */
    static DateTimeFormatter compile(String format) {
        try {
            return format.equals(MILLIS) ? null : DateTimeFormat.forPattern(format).withZoneUTC();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + format + "' is no pattern of Joda-Time: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean parseText(CharSequence text, Instant out) {
        for (DateTimeFormatter format : formats) {
            if (format == null ? parseMillis(text, out) : parse(format, text, out)) {
                return true;
            }
        }
        return TimestampText.parse(text, TimestampText.Form.SQL, out);
    }

    /** Numbers are taken by their digits, as {@code millis} takes them. */
    @Override
    public boolean parseNumber(BigDecimal number, Instant out) {
        for (DateTimeFormatter format : formats) {
            if (format == null && parseMillis(number.toPlainString(), out)) {
                return true;
            }
        }
        return false;
    }

    private static boolean parse(DateTimeFormatter format, CharSequence text, Instant out) {
        try {
            out.setMillis(format.parseMillis(text.toString()));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean parseMillis(CharSequence text, Instant out) {
        return NUMBER.matcher(text).matches()
                && out.setSeconds(new BigDecimal(text.toString()).movePointLeft(3));
    }
}
