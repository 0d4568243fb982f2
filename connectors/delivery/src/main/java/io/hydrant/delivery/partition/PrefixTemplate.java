package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
 *   <li>{@code !{partitionKeyFromQuery:key}} and {@code !{partitionKeyFromLambda:key}}: only in the
 *       data prefix, the record's own keys; see {@link #partition}.
 *   <li>A data prefix without a timestamp gets {@code !{timestamp:yyyy/MM/dd/HH/}} at its end; not
 *       one with partitioning keys, as the example of "Use Amazon S3 bucket prefix to deliver data"
 *       shows.
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

    /** The longest that it evaluates to, without the keys. */
    private final int longest;

    private PrefixTemplate(List<PrefixSegment> segments, ZoneId zone, int longest) {
        this.segments = segments;
        this.zone = zone;
        this.longest = longest;
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
        if (!has(segments, PrefixSegment.Timestamp.class)
                && !has(segments, PrefixSegment.Key.class)) {
            segments = PrefixParser.parse(given + DEFAULT_TIME);
        }
        return checked(given, segments, zone);
    }

    /** The template of one partition, as {@link #partition} gave it. */
    public static PrefixTemplate ofPartition(String partition, ZoneId zone) {
        return new PrefixTemplate(PrefixParser.parse(partition), zone, 0);
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
        if (has(segments, PrefixSegment.Key.class)) {
            throw new IllegalArgumentException(
                    "'" + errorPrefix + "' holds a partitioning key, which only a data prefix may");
        }
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
        PrefixFacts facts =
                new PrefixFacts(Instant.ofEpochMilli(arrivalMillis).atZone(zone), type, id);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            segments.get(i).append(facts, i, prefix);
        }
        return prefix.toString();
    }

    /** Whether the prefix holds partitioning keys, so that every record has a prefix of its own. */
    public boolean hasKeys() {
        return has(segments, PrefixSegment.Key.class);
    }

    /** The keys of {@code partitionKeyFromQuery} in the prefix. */
    public Set<String> queryKeys() {
        return keys(KeySource.QUERY);
    }

    /** The keys of {@code partitionKeyFromLambda} in the prefix. */
    public Set<String> lambdaKeys() {
        return keys(KeySource.LAMBDA);
    }

    private Set<String> keys(KeySource source) {
        Set<String> keys = new TreeSet<>();
        for (PrefixSegment segment : segments) {
            if (segment instanceof PrefixSegment.Key key && key.source() == source) {
                keys.add(key.key());
            }
        }
        return keys;
    }

    /**
     * The prefix with a record's keys in their places and everything else left as an expression.
     * Records of equal partitions belong under one prefix, and {@link #ofPartition} makes of it the
     * template that names their objects, whatever the configuration has become by then.
     *
     * @throws PartitionKeyException if a key is missing or empty, or the prefix gets too long
     */
    public String partition(PartitionKeys keys) throws PartitionKeyException {
        return partition(keys, null);
    }

    /**
     * The same where every record goes under its own time.
     *
     * @param arrivalMillis when the record arrived, milliseconds since the epoch
     */
    public String partition(PartitionKeys keys, long arrivalMillis) throws PartitionKeyException {
        return partition(
                keys,
                new PrefixFacts(Instant.ofEpochMilli(arrivalMillis).atZone(zone), null, null));
    }

    private String partition(PartitionKeys keys, PrefixFacts time) throws PartitionKeyException {
        StringBuilder partition = new StringBuilder();
        int length = longest;
        for (PrefixSegment segment : segments) {
            if (segment instanceof PrefixSegment.Key key) {
                String value = value(key, keys);
                length += value.length();
                PartitionText.appendLiteral(value, partition);
            } else if (time != null && segment instanceof PrefixSegment.Timestamp) {
                StringBuilder evaluated = new StringBuilder();
                segment.append(time, 0, evaluated);
                PartitionText.appendLiteral(evaluated.toString(), partition);
            } else {
                PartitionText.append(segment, partition);
            }
        }
        if (length > MAX_EVALUATED_LENGTH) {
            throw new PartitionKeyException(
                    "The evaluated prefix has "
                            + length
                            + " characters; "
                            + MAX_EVALUATED_LENGTH
                            + " are allowed");
        }
        return partition.toString();
    }

    private static String value(PrefixSegment.Key key, PartitionKeys keys)
            throws PartitionKeyException {
        String value = key.source().of(keys).get(key.key());
        if (value == null || value.isEmpty()) {
            throw new PartitionKeyException(
                    "partitionKeys values must not be null or empty: "
                            + key.source().namespace()
                            + ":"
                            + key.key()
                            + (value == null ? " has no value" : " is empty"));
        }
        return value;
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
        int longest = longestEvaluation(given, new PrefixTemplate(segments, zone, 0));
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
        return new PrefixTemplate(segments, zone, longest);
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
                        template.evaluate(millis, ErrorOutputType.METADATA_EXTRACTION_FAILED, id);
                longest = Math.max(longest, evaluated.length());
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + given + "' cannot be evaluated: " + e.getMessage(), e);
        }
        return longest;
    }
}
