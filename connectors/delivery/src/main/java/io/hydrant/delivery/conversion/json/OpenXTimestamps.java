package io.hydrant.delivery.conversion.json;

import java.math.BigDecimal;

/**
 * Timestamps of the OpenX SerDe: ISO 8601 and {@code yyyy-M-d HH:mm:ss}, each with up to 9 digits
 * of a fraction, and seconds, milliseconds or seconds with a fraction since the epoch, as numbers
 * or texts.
 *
 * <p>A whole number is milliseconds from 12 digits on: as seconds it would be beyond the year 5138,
 * and as milliseconds a shorter one would be before 1973.
 */
final class OpenXTimestamps implements Timestamps {

    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    /** Longer ones are out of range, and a number of a million digits takes its time. */
    private static final int LONGEST_NUMBER = 40;

    private final UtcSeconds usual = new UtcSeconds();

    @Override
    public boolean parseUsual(byte[] text, int from, int length, Instant out) {
        return usual.parse(text, from, length, out);
    }

    @Override
    public boolean parseText(CharSequence text, Instant out) {
        if (TimestampText.parse(text, TimestampText.Form.ISO_OR_SQL, out)) {
            return true;
        }
        if (text.length() == 0 || text.length() > LONGEST_NUMBER) {
            return false;
        }
        try {
            return parseNumber(new BigDecimal(text.toString()), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public boolean parseNumber(BigDecimal number, Instant out) {
        // 1e999999999 is a short text; its plain form is not.
        if (number.precision() - (long) number.scale() > LONGEST_NUMBER
                || number.scale() > 10 * LONGEST_NUMBER) {
            return false;
        }
        boolean isMillis = number.scale() <= 0 && number.abs().compareTo(LEAST_MILLIS) >= 0;
        return out.setSeconds(isMillis ? number.movePointLeft(3) : number);
    }
}
