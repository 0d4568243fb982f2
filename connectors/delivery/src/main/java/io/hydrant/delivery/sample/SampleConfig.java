package io.hydrant.delivery.sample;

import io.hydrant.delivery.processing.RecordQuery;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a delivery samples, resolved and validated once.
 *
 * @param method which records are delivered
 * @param key jq expression of the key, null where all records have one
 * @param interval length of an interval
 * @param count the N of ONE_IN_N, else 0
 * @param fields what AVERAGE averages, empty for every number
 * @param time jq expression of when a record happened, null for its arrival
 * @param timeFormat the form of that
 * @param lateness how much longer than an interval its records are waited for
 */
public record SampleConfig(
        SampleMethod method,
        String key,
        Duration interval,
        int count,
        List<String> fields,
        String time,
        SampleTimeFormat timeFormat,
        Duration lateness)
        implements Serializable {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration LATEST = Duration.ofDays(1);

    static final String KEY_NAME = "key";
    static final String TIME_NAME = "time";

    /** Validates ranges and what goes together, and compiles the expressions once. */
    public SampleConfig {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(timeFormat, "timeFormat");
        Objects.requireNonNull(lateness, "lateness");
        fields = List.copyOf(fields);
        if (interval == null) {
            throw new IllegalArgumentException(
                    SampleOptions.INTERVAL.key()
                            + " is required with "
                            + SampleOptions.METHOD.key()
                            + "; from 1 s to 31 d");
        }
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    SampleOptions.INTERVAL.key() + " is " + interval + "; it must be 1 s to 31 d");
        }
        if (lateness.isNegative() || lateness.compareTo(LATEST) > 0) {
            throw new IllegalArgumentException(
                    SampleOptions.LATENESS.key() + " is " + lateness + "; it must be 0 s to 1 d");
        }
        if (method == SampleMethod.ONE_IN_N ? count < 2 : count != 0) {
            throw new IllegalArgumentException(
                    SampleOptions.COUNT.key()
                            + " is "
                            + (count == 0 ? "not given" : Integer.toString(count))
                            + " with "
                            + method
                            + "; ONE_IN_N needs at least 2, and nothing else takes one");
        }
        if (!fields.isEmpty() && method != SampleMethod.AVERAGE) {
            throw new IllegalArgumentException(
                    SampleOptions.FIELDS.key() + " goes with AVERAGE, not with " + method);
        }
        requireExpression(SampleOptions.KEY, KEY_NAME, key);
        requireExpression(SampleOptions.TIME, TIME_NAME, time);
    }

    /**
     * Reads {@link SampleOptions}.
     *
     * @return empty where every record is delivered
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static Optional<SampleConfig> from(ReadableConfig config) {
        SampleMethod method = config.get(SampleOptions.METHOD);
        if (method == null) {
            for (ConfigOption<?> option :
                    List.of(
                            SampleOptions.KEY,
                            SampleOptions.INTERVAL,
                            SampleOptions.COUNT,
                            SampleOptions.FIELDS,
                            SampleOptions.TIME)) {
                if (config.getOptional(option).isPresent()) {
                    throw new IllegalArgumentException(
                            option.key()
                                    + " is given without "
                                    + SampleOptions.METHOD.key()
                                    + ", which says what to do with it; give both");
                }
            }
            return Optional.empty();
        }
        return Optional.of(
                new SampleConfig(
                        method,
                        config.get(SampleOptions.KEY),
                        config.get(SampleOptions.INTERVAL),
                        config.getOptional(SampleOptions.COUNT).orElse(0),
                        config.getOptional(SampleOptions.FIELDS).orElse(List.of()),
                        config.get(SampleOptions.TIME),
                        config.get(SampleOptions.TIME_FORMAT),
                        config.get(SampleOptions.LATENESS)));
    }

    /** The longest that a record waits in a sampler for its interval to end. */
    public Duration longestWait() {
        return interval.plus(lateness);
    }

    /** The query of key and time, or null where a record needs not be looked into. */
    RecordQuery query() {
        if (key == null && time == null) {
            return null;
        }
        String keyField = key == null ? "" : KEY_NAME + ": " + key;
        String timeField = time == null ? "" : TIME_NAME + ": " + time;
        return RecordQuery.compile(
                "{" + keyField + (key == null || time == null ? "" : ", ") + timeField + "}");
    }

    /** When the interval begins that a time is in, in milliseconds since the epoch. */
    long intervalOf(long millis) {
        return Math.floorDiv(millis, interval.toMillis()) * interval.toMillis();
    }

    private static void requireExpression(
            ConfigOption<String> option, String name, String expression) {
        if (expression == null) {
            return;
        }
        try {
            RecordQuery.compile("{" + name + ": " + expression + "}");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    option.key()
                            + ": '"
                            + expression
                            + "' is no path such as .device.id, nor a jq expression in parentheses: "
                            + e.getMessage(),
                    e);
        }
    }
}
