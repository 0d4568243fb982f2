package io.hydrant.iceberg.row;

import org.apache.flink.table.data.TimestampData;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * Reads times in the forms of ISO 8601 and SQL: a T or a blank between date and time, seconds and
 * their fraction optional, with or without an offset. A time of a column without zone keeps what
 * its text shows; one of a column with zone that has no offset counts as UTC.
 */
final class TimestampText {

    private static final int NANOS_IN_MICRO = 1_000;

    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("['T'][' ']HH:mm[:ss]")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHMM", "Z")
                    .optionalEnd()
                    .toFormatter();

    private TimestampText() {}

    /** The time, of microseconds as Iceberg has them; null where the text is none. */
    static TimestampData read(String text, boolean hasZone) {
        TemporalAccessor read;
        try {
            read = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            return null;
        }
        LocalDateTime time;
        if (read instanceof OffsetDateTime instant) {
            time =
                    hasZone
                            ? instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                            : instant.toLocalDateTime();
        } else {
            time = (LocalDateTime) read;
        }
        return TimestampData.fromLocalDateTime(
                time.withNano(time.getNano() / NANOS_IN_MICRO * NANOS_IN_MICRO));
    }
}
