package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.json.ExpectedText;

import java.nio.charset.StandardCharsets;

/**
 * Reads {@code yyyy-MM-dd'T'HH:mm:ssZ}, which is what most events say of their time, where it lies.
 * Neighbours mostly are of one day, so the last one is remembered. Not thread-safe.
 */
final class UtcSeconds {

    private static final int DATE_LENGTH = 10;
    private static final int LENGTH = 20;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int WRONG = -1;

    private final byte[] lastDate = new byte[DATE_LENGTH];
    private long lastDay;

    /** Reads that form; false for every other, that of a leap second among them. */
    boolean parse(byte[] text, int from, int length, Timestamps.Instant out) {
        int time = from + DATE_LENGTH;
        if (length != LENGTH
                || text[time] != 'T'
                || text[time + 3] != ':'
                || text[time + 6] != ':'
                || text[time + 9] != 'Z') {
            return false;
        }
        int hour = twoDigits(text, time + 1, 23);
        int minute = twoDigits(text, time + 4, 59);
        int second = twoDigits(text, time + 7, 59);
        if (hour < 0 || minute < 0 || second < 0 || !isDay(text, from)) {
            return false;
        }
        out.second = lastDay * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
        out.nanos = 0;
        return true;
    }

    private boolean isDay(byte[] text, int from) {
        if (ExpectedText.isAt(text, from, lastDate)) {
            return true;
        }
        // Two digits each are asked for here, where a reader of texts takes one as well.
        if (text[from + 4] != '-' || text[from + 7] != '-') {
            return false;
        }
        long day =
                TimestampText.parseDay(
                        new String(text, from, DATE_LENGTH, StandardCharsets.ISO_8859_1));
        if (day == Long.MIN_VALUE) {
            return false;
        }
        System.arraycopy(text, from, lastDate, 0, DATE_LENGTH);
        lastDay = day;
        return true;
    }

    private static int twoDigits(byte[] text, int at, int most) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        int number = tens * 10 + ones;
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 || number > most ? WRONG : number;
    }
}
