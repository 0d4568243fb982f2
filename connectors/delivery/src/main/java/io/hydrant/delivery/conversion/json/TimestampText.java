package io.hydrant.delivery.conversion.json;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads dates and times as texts, without a formatter's objects. */
final class TimestampText {

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;

    /** What is allowed. */
    enum Form {
        /** {@code yyyy-M-d H:m:s[.f]}. */
        SQL,
        /** That, or {@code yyyy-MM-dd'T'HH:mm:ss[.f]} with {@code Z}, an offset, or neither. */
        ISO_OR_SQL
    }

    private final CharSequence text;
    private int position;

    private TimestampText(CharSequence text) {
        this.text = text;
    }

    /** The day of {@code yyyy-M-d} since the epoch, or {@link Long#MIN_VALUE}. */
    static long parseDay(CharSequence text) {
        TimestampText reader = new TimestampText(text);
        long day = reader.day();
        return reader.position == text.length() ? day : Long.MIN_VALUE;
    }

    static boolean parse(CharSequence text, Form form, Timestamps.Instant out) {
        return new TimestampText(text).parse(form, out);
    }

    private boolean parse(Form form, Timestamps.Instant out) {
        long day = day();
        if (day == Long.MIN_VALUE || position == text.length()) {
            return false;
        }
        char separator = text.charAt(position++);
        boolean isIso = separator == 'T' && form == Form.ISO_OR_SQL;
        if (!isIso && separator != ' ') {
            return false;
        }
        int hour = number(1, 2, 23);
        if (hour < 0 || !accept(':')) {
            return false;
        }
        int minute = number(1, 2, 59);
        if (minute < 0 || !accept(':')) {
            return false;
        }
        int second = number(1, 2, 59);
        if (second < 0) {
            return false;
        }
        int nanos = accept('.') ? fraction() : 0;
        int offset = isIso ? offset() : 0;
        if (nanos < 0 || offset == Integer.MIN_VALUE || position != text.length()) {
            return false;
        }
        out.second = day * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second - offset;
        out.nanos = nanos;
        return true;
    }

    private long day() {
        int year = number(4, 4, 9999);
        if (year < 0 || !accept('-')) {
            return Long.MIN_VALUE;
        }
        int month = number(1, 2, 12);
        if (month < 0 || !accept('-')) {
            return Long.MIN_VALUE;
        }
        int day = number(1, 2, 31);
        try {
            return day < 0 ? Long.MIN_VALUE : LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return Long.MIN_VALUE;
        }
    }

    /** Seconds east of UTC; {@link Integer#MIN_VALUE} where there is something else. */
    private int offset() {
        if (position == text.length() || accept('Z')) {
            return 0;
        }
        int sign = accept('+') ? 1 : accept('-') ? -1 : 0;
        int hours = sign == 0 ? -1 : number(2, 2, 18);
        if (hours < 0) {
            return Integer.MIN_VALUE;
        }
        if (position < text.length() && text.charAt(position) == ':') {
            position++;
        }
        int minutes = number(2, 2, 59);
        return minutes < 0 ? Integer.MIN_VALUE : sign * (hours * 3600 + minutes * 60);
    }

    private int fraction() {
        int nanos = 0;
        int digits = 0;
        while (position < text.length() && isDigit(text.charAt(position))) {
            if (++digits > NANO_DIGITS) {
                return -1;
            }
            nanos = nanos * 10 + text.charAt(position++) - '0';
        }
        if (digits == 0) {
            return -1;
        }
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** A number of so many digits, -1 where there is none or it is too large. */
    private int number(int fewest, int most, int largest) {
        int number = 0;
        int digits = 0;
        while (digits < most && position < text.length() && isDigit(text.charAt(position))) {
            number = number * 10 + text.charAt(position++) - '0';
            digits++;
        }
        return digits < fewest || number > largest ? -1 : number;
    }

    private boolean accept(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
