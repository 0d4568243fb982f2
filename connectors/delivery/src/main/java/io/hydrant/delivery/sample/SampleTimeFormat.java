package io.hydrant.delivery.sample;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** How a record says when it happened. */
public enum SampleTimeFormat {
    /** Such as {@code 2026-01-27T00:00:00.5Z}, with {@code Z} or an offset. */
    ISO_8601,
    /** Seconds since the epoch, with or without decimals. */
    EPOCH_SECONDS,
    /** Milliseconds since the epoch. */
    EPOCH_MILLIS;

    /**
     * The time in milliseconds since the epoch.
     *
     * @throws IllegalArgumentException if the text is no such time
     */
    long millis(String text) {
        try {
            return switch (this) {
                case ISO_8601 -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
                case EPOCH_SECONDS -> millis(new BigDecimal(text).movePointRight(3));
                case EPOCH_MILLIS -> millis(new BigDecimal(text));
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no time in " + this, e);
        }
    }

    private static long millis(BigDecimal value) {
        long digits = (long) value.precision() - value.scale();
        if (digits > Long.toString(Long.MAX_VALUE).length()) {
            throw new ArithmeticException("out of range");
        }
        // Written out, a number such as 1e-999999999 would fill the memory.
        return digits <= 0 ? 0 : value.toBigInteger().longValueExact();
    }
}
