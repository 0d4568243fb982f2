package io.hydrant.sql.functions.time;

import org.apache.flink.table.data.TimestampData;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A pattern of {@link SimpleDateFormat} as Kinesis Data Analytics reads it: in UTC, with English
 * names, strict about ranges, silent about text behind the end of the pattern. What the pattern
 * does not name is that of 1970-01-01 00:00:00.
 *
 * <p>Source: SQL reference, "Char To Timestamp(Sys)", "Template Strings to Create Specific Output
 * Timestamps" and "Date and Time Patterns". An hour of {@code hh} may be 00 there, which
 * SimpleDateFormat alone refuses.
 *
 * <p>Not thread-safe, as SimpleDateFormat is not.
 */
@SuppressWarnings("JavaUtilDate") // SimpleDateFormat, whose patterns these are, has no other
public final class DatePattern {

    private final String pattern;
    private final SimpleDateFormat format;
    private final SimpleDateFormat formatToRead;
    // The same with the hours of a half day counted from 0; null where there are none.
    private final SimpleDateFormat formatFromZero;

    private DatePattern(String pattern) {
        this.pattern = pattern;
        this.format = strict(pattern);
        String read = yearsAsTheyStand(pattern);
        this.formatToRead = strict(read);
        String fromZero = hoursFromZero(read);
        this.formatFromZero = fromZero.equals(read) ? null : strict(fromZero);
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException where it has letters that SimpleDateFormat does not know
     */
    public static DatePattern of(String pattern) {
        return new DatePattern(pattern);
    }

    /** The pattern as it was given. */
    public String pattern() {
        return pattern;
    }

    /** The time that the text begins with, or null where it does not begin with one. */
    public TimestampData parse(String text) {
        Date date = formatToRead.parse(text, new ParsePosition(0));
        if (date == null && formatFromZero != null) {
            date = formatFromZero.parse(text, new ParsePosition(0));
        }
        return date == null ? null : TimestampData.fromEpochMillis(date.getTime());
    }

    /** The time in this pattern. */
    public String format(TimestampData time) {
        return format.format(new Date(time.getMillisecond()));
    }

    private static SimpleDateFormat strict(String pattern) {
        SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.US);
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.US);
        // SQL's calendar has no Julian days.
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        format.setCalendar(calendar);
        format.setLenient(false);
        return format;
    }

    /** A single y reads the year 10 in "10", where SimpleDateFormat takes it for 2010. */
    private static String yearsAsTheyStand(String pattern) {
        StringBuilder changed = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            quoted ^= letter == '\'';
            boolean single =
                    letter == 'y'
                            && !quoted
                            && (i == 0 || pattern.charAt(i - 1) != 'y')
                            && (i + 1 == pattern.length() || pattern.charAt(i + 1) != 'y');
            changed.append(single ? "yyy" : letter);
        }
        return changed.toString();
    }

    private static String hoursFromZero(String pattern) {
        StringBuilder changed = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < changed.length(); i++) {
            char letter = changed.charAt(i);
            if (letter == '\'') {
                quoted = !quoted;
            } else if (letter == 'h' && !quoted) {
                changed.setCharAt(i, 'K');
            }
        }
        return changed.toString();
    }
}
