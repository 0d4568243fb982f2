package io.hydrant.sql.kda.application;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the texts that columns of DATE, TIME and TIMESTAMP take.
 *
 * <p>The developer guide names {@code 1992-02-14} and {@code 1992-02-14 18:35:44.0}, and its
 * examples send {@code 2018-08-01T20:17:20.797945}. An offset, where there is one, is taken off:
 * the clock of an application is UTC. What is finer than a millisecond is cut off, as a TIMESTAMP
 * of KDA has no more.
 */
final class DateTimeText {

    private static final String TIME = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?";

    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T ]"
                            + TIME
                            + " ?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");

    private static final Pattern TIME_ONLY = Pattern.compile(TIME);

    private DateTimeText() {}

    /** The point in time, or null where the text is none. */
    static LocalDateTime timestamp(String text) {
        Matcher shape = DATE_TIME.matcher(text.trim());
        if (!shape.matches()) {
            return null;
        }
        try {
            LocalDate day =
                    LocalDate.of(
                            Integer.parseInt(shape.group(1)),
                            Integer.parseInt(shape.group(2)),
                            Integer.parseInt(shape.group(3)));
            LocalDateTime local =
                    shape.group(4) == null ? day.atStartOfDay() : day.atTime(time(shape, 4));
            String offset = shape.group(8);
            return offset == null
                    ? local
                    : local.minusSeconds(ZoneOffset.of(offset).getTotalSeconds());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The day, or null where the text is none; a time of day is cut off. */
    static LocalDate date(String text) {
        LocalDateTime timestamp = timestamp(text);
        return timestamp == null ? null : timestamp.toLocalDate();
    }

    /** The time of day, or null where the text has none. */
    static LocalTime time(String text) {
        Matcher shape = TIME_ONLY.matcher(text.trim());
        try {
            if (shape.matches()) {
                return time(shape, 1);
            }
        } catch (DateTimeException e) {
            return null;
        }
        LocalDateTime timestamp = timestamp(text);
        return timestamp == null ? null : timestamp.toLocalTime();
    }

    private static LocalTime time(Matcher shape, int group) {
        String seconds = shape.group(group + 2);
        String fraction = shape.group(group + 3);
        String millis = fraction == null ? "000" : (fraction + "00").substring(0, 3);
        return LocalTime.of(
                Integer.parseInt(shape.group(group)),
                Integer.parseInt(shape.group(group + 1)),
                seconds == null ? 0 : Integer.parseInt(seconds),
                Integer.parseInt(millis) * 1_000_000);
    }
}
