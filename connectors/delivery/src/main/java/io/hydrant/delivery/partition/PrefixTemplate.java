package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A prefix of object names with Firehose's expressions in it, parsed and validated once and then
 * evaluated for every object.
 *
 * <p>Rules (Firehose developer guide, "Understand custom prefixes for Amazon S3 objects"):
 *
 * <ul>
 *   <li>{@code !{timestamp:pattern}} with a {@link java.time.format.DateTimeFormatter} pattern, all
 *       of one instant; text in single quotes is literal.
 *   <li>{@code !{firehose:random-string}}: 11 characters, another value for every occurrence.
 *   <li>{@code !{firehose:error-output-type}}: only in the error prefix, and required there as soon
 *       as it has any expression.
 *   <li>A data prefix without a timestamp gets {@code !{timestamp:yyyy/MM/dd/HH/}} at its end.
 *   <li>The error prefix may be absent only if the data prefix has no expression. It is then the
 *       data prefix, the error type, and the time. The guide gives the time as {@code yyyy/MM/DDD}
 *       (day of the year) in its text and as {@code yyyy/MM/dd} in its example; here it is {@code
 *       yyyy/MM/dd/HH/}, as for data.
 *   <li>At most 512 characters when evaluated.
 * </ul>
 *
 * <p>Random strings are computed from the object's id, so that the name of an object is a function
 * of its id and its oldest record, and a repeated attempt names the same object.
 */
public final class PrefixTemplate {

    /** What Firehose allows after evaluation. */
    public static final int MAX_EVALUATED_LENGTH = 512;

    private static final String DEFAULT_TIME = "!{timestamp:yyyy/MM/dd/HH/}";
    private static final String ERROR_TYPE = "!{firehose:error-output-type}";

    private final List<PrefixSegment> segments;
    private final ZoneId zone;

    private PrefixTemplate(List<PrefixSegment> segments, ZoneId zone) {
        this.segments = segments;
        this.zone = zone;
    }

    /**
     * The prefix of data objects.
     *
     * @param prefix the prefix as configured; null or empty for the default
     * @throws IllegalArgumentException naming what is wrong with the prefix and what would be right
     */
    public static PrefixTemplate forData(String prefix, ZoneId zone) {
        String given = prefix == null ? "" : prefix;
        List<PrefixSegment> segments = PrefixParser.parse(given);
        if (has(segments, PrefixSegment.ErrorType.class)) {
            throw new IllegalArgumentException(
                    "'" + given + "' holds " + ERROR_TYPE + ", which only an error prefix may");
        }
        if (!has(segments, PrefixSegment.Timestamp.class)) {
            segments = PrefixParser.parse(given + DEFAULT_TIME);
        }
        return checked(given, segments, zone);
    }

    /**
     * The prefix of error objects.
     *
     * @param errorPrefix the error prefix as configured; null or empty for the default
     * @param prefix the data prefix, which decides whether there may be a default
     * @throws IllegalArgumentException naming what is wrong with the prefix and what would be right
     */
    public static PrefixTemplate forErrors(String errorPrefix, String prefix, ZoneId zone) {
        if (errorPrefix == null || errorPrefix.isEmpty()) {
            return defaultForErrors(prefix == null ? "" : prefix, zone);
        }
        List<PrefixSegment> segments = PrefixParser.parse(errorPrefix);
        boolean expressions = segments.stream().anyMatch(PrefixSegment::isExpression);
        if (expressions && !has(segments, PrefixSegment.ErrorType.class)) {
            throw new IllegalArgumentException(
                    "'" + errorPrefix + "' holds an expression, so it must hold " + ERROR_TYPE);
        }
        return checked(errorPrefix, segments, zone);
    }

    /**
     * The prefix of one object.
     *
     * @param arrivalMillis arrival of the object's oldest record, milliseconds since the epoch
     * @param type kind of error output; null for data
     * @param id identity of the object
     */
    public String evaluate(long arrivalMillis, ErrorOutputType type, UUID id) {
        ZonedDateTime arrival = Instant.ofEpochMilli(arrivalMillis).atZone(zone);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            segments.get(i).append(arrival, type, id, i, prefix);
        }
        return prefix.toString();
    }

    /**
     * How long a prefix stays the same: evaluations at two instants differ only if the instants
     * divided by this differ. Milliseconds.
     */
    public long granularityMillis() {
        return segments.stream()
                .mapToLong(PrefixSegment::granularityMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static PrefixTemplate defaultForErrors(String prefix, ZoneId zone) {
        if (PrefixParser.parse(prefix).stream().anyMatch(PrefixSegment::isExpression)) {
            throw new IllegalArgumentException(
                    "An error prefix is required, since the prefix '"
                            + prefix
                            + "' holds an expression; for example 'errors/"
                            + ERROR_TYPE
                            + "/'");
        }
        return checked(prefix, PrefixParser.parse(prefix + ERROR_TYPE + "/" + DEFAULT_TIME), zone);
    }

    private static boolean has(List<PrefixSegment> segments, Class<? extends PrefixSegment> type) {
        return segments.stream().anyMatch(type::isInstance);
    }

    private static PrefixTemplate checked(String given, List<PrefixSegment> segments, ZoneId zone) {
        PrefixTemplate template = new PrefixTemplate(segments, zone);
        int longest = longestEvaluation(given, template);
        if (longest > MAX_EVALUATED_LENGTH) {
            throw new IllegalArgumentException(
                    "'"
                            + given
                            + "' evaluates to as many as "
                            + longest
                            + " characters; "
                            + MAX_EVALUATED_LENGTH
                            + " are allowed");
        }
        return template;
    }

    /** Names of months and days differ in length, so a year of days is looked at. */
    private static int longestEvaluation(String given, PrefixTemplate template) {
        ZonedDateTime day = ZonedDateTime.of(2024, 1, 1, 22, 59, 59, 0, template.zone);
        UUID id = new UUID(0, 0);
        int longest = 0;
        try {
            for (int i = 0; i < 366; i++) {
                long millis = day.plusDays(i).toInstant().toEpochMilli();
                String evaluated =
                        template.evaluate(millis, ErrorOutputType.FORMAT_CONVERSION_FAILED, id);
                longest = Math.max(longest, evaluated.length());
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + given + "' cannot be evaluated: " + e.getMessage(), e);
        }
        return longest;
    }
}
