package io.hydrant.delivery.conversion.json;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What of JSON is a timestamp. */
interface Timestamps {

    /** Reads a text; false where it is none. */
    boolean parseText(CharSequence text, Instant out);

    /**
     * Reads a text where it lies, if it is of the form that most have; whatever else comes is left
     * to {@link #parseText}.
     */
    default boolean parseUsual(byte[] text, int from, int length, Instant out) {
        return false;
    }

    /** Reads a number; false where it is none. */
    boolean parseNumber(BigDecimal number, Instant out);

    /** An instant that is used over and over. */
    final class Instant {

        /**
         * As far as a timestamp of nanoseconds in ORC and INT96 reaches on both sides: year 9999.
         */
        private static final BigDecimal FARTHEST = BigDecimal.valueOf(253_402_300_799L);

        long second;
        int nanos;

        void setMillis(long millis) {
            second = Math.floorDiv(millis, 1000L);
            nanos = (int) Math.floorMod(millis, 1000L) * 1_000_000;
        }

        /** Takes seconds since the epoch; false where they are out of range. */
        boolean setSeconds(BigDecimal seconds) {
            if (seconds.abs().compareTo(FARTHEST) > 0) {
                return false;
            }
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            second = whole.longValueExact();
            nanos =
                    seconds.subtract(whole)
                            .movePointRight(9)
                            .setScale(0, RoundingMode.FLOOR)
                            .intValueExact();
            return true;
        }
    }
}
