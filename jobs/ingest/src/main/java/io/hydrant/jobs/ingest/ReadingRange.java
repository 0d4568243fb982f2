package io.hydrant.jobs.ingest;

import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says in options what {@code --from} and {@code --to} say on the command line: a stretch of the
 * source streams, after which the job ends. It takes in what arrived at its beginning and leaves
 * out what arrived at its end, so that stretches which touch share nothing and leave nothing out.
 */
final class ReadingRange {

    static final String FROM = "--from";
    static final String TO = "--to";

    private static final String TIME = "a time such as 2026-01-27T00:00:00Z";

    private ReadingRange() {}

    /**
     * The options that a stretch stands for.
     *
     * @param from where it begins, null for none
     * @param to where it ends, null for now
     * @throws IllegalArgumentException saying what is wrong
     */
    static Map<String, String> options(String from, String to) {
        Map<String, String> options = new LinkedHashMap<>();
        if (from == null) {
            if (to != null) {
                throw new IllegalArgumentException(
                        TO + " goes with " + FROM + " only; without it there is nothing to end");
            }
            return options;
        }
        if (from.equals(InitialPosition.TRIM_HORIZON.name())) {
            options.put(KinesisSourceOptions.INIT_POSITION.key(), from);
        } else {
            options.put(
                    KinesisSourceOptions.INIT_POSITION.key(), InitialPosition.AT_TIMESTAMP.name());
            options.put(
                    KinesisSourceOptions.INIT_TIMESTAMP.key(), seconds(FROM, from, "TRIM_HORIZON"));
        }
        if (to == null || to.equals(EndPosition.NOW.name())) {
            options.put(KinesisSourceOptions.END_POSITION.key(), EndPosition.NOW.name());
        } else {
            options.put(KinesisSourceOptions.END_POSITION.key(), EndPosition.AT_TIMESTAMP.name());
            options.put(KinesisSourceOptions.END_TIMESTAMP.key(), seconds(TO, to, "NOW"));
        }
        return options;
    }

    /** As the options take it: with three decimals, which is what arrivals have. */
    private static String seconds(String argument, String text, String word) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    argument + ": '" + text + "' is not allowed; " + word + " or " + TIME, e);
        }
    }
}
