package io.hydrant.kinesis.source;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.math.BigDecimal;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** Reads an option that is a time: in the format of another option, or in epoch seconds. */
final class TimestampOption {

    private TimestampOption() {}

    /** The time, null where the option is not set. */
    static Instant read(
            ReadableConfig config, ConfigOption<String> option, ConfigOption<String> formatOption) {
        String value = config.get(option);
        if (value == null) {
            return null;
        }
        String format = config.get(formatOption);
        SimpleDateFormat pattern;
        try {
            pattern = new SimpleDateFormat(format, Locale.ROOT);
            pattern.setLenient(false);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    formatOption.key()
                            + " is '"
                            + format
                            + "'; it must be a pattern of java.text.SimpleDateFormat",
                    e);
        }
        ParsePosition end = new ParsePosition(0);
        Date time = pattern.parse(value, end);
        return time != null && end.getIndex() == value.length()
                ? time.toInstant()
                : epochSeconds(option, value, format);
    }

    private static Instant epochSeconds(ConfigOption<String> option, String value, String format) {
        try {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.signum() >= 0) {
                return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact());
            }
        } catch (ArithmeticException | NumberFormatException ignored) {
            // Falls through to the message, which says what would be right.
        }
        throw new IllegalArgumentException(
                option.key()
                        + " is '"
                        + value
                        + "'; it must be a time in the format "
                        + format
                        + " or seconds since the epoch with up to three decimals");
    }
}
