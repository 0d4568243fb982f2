package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Bids for auctions, one every ten milliseconds of their own time: the same rows from Flink's
 * generator, by computed columns, and as JSON from a stream.
 */
public final class Bids {

    // Odd numbers: of two tasks that share the numbers of a sequence, neither gets an auction
    // alone.
    private static final int AUCTIONS = 1009;
    private static final int BIDDERS = 9973;
    private static final int PRICES = 10_007;
    private static final int STRIDE = 7919;
    private static final long STEP_MILLIS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Bids() {}

    /**
     * The bids as records of a stream, in the order of their numbers; each is made when it is asked
     * for, since the heap of who writes them down is not made for millions.
     */
    public static List<PreparedRecord> records(long count) {
        int size = Math.toIntExact(count);
        return new AbstractList<>() {
            @Override
            public PreparedRecord get(int n) {
                return new PreparedRecord("bid-" + n, null, document(n));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** One of them. */
    public static byte[] document(long n) {
        return String.format(
                        Locale.ROOT,
                        "{\"n\":%d,\"auction\":%d,\"bidder\":%d,\"price\":%d,"
                                + "\"url\":\"https://auctions.example/%d\",\"at\":\"%s\"}",
                        n,
                        n * STRIDE % AUCTIONS,
                        n * STRIDE % BIDDERS,
                        n * STRIDE % PRICES,
                        n,
                        time(n))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String time(long n) {
        return TIME.format(
                LocalDateTime.ofInstant(Instant.ofEpochMilli(n * STEP_MILLIS), ZoneOffset.UTC));
    }

    /** The table over Flink's generator. */
    static String generated(long count) {
        return """
               CREATE TEMPORARY TABLE bids (
                 n BIGINT,
                 auction AS MOD(n * %d, %d),
                 bidder AS MOD(n * %d, %d),
                 price AS MOD(n * %d, %d),
                 url AS CONCAT('https://auctions.example/', CAST(n AS STRING)),
                 `at` AS CAST(TO_TIMESTAMP_LTZ(n * %d, 3) AS TIMESTAMP(3)),
                 WATERMARK FOR `at` AS `at`
               ) WITH ('connector' = 'datagen', 'rows-per-second' = '1000000000',
                 'fields.n.kind' = 'sequence',
                 'fields.n.start' = '0', 'fields.n.end' = '%d')"""
                .formatted(
                        STRIDE, AUCTIONS, STRIDE, BIDDERS, STRIDE, PRICES, STEP_MILLIS, count - 1);
    }

    /** The table over a stream that holds {@link #records}. */
    static String streamed(URI kinesis, String streamArn) {
        return """
               CREATE TEMPORARY TABLE bids (
                 n BIGINT, auction BIGINT, bidder BIGINT, price BIGINT, url STRING,
                 `at` TIMESTAMP(3), WATERMARK FOR `at` AS `at`
               ) WITH ('connector' = 'kinesis', 'stream.arn' = '%s', 'format' = 'json',
                 %s)"""
                .formatted(streamArn, options(toTheEnd(kinesis)));
    }

    /**
     * The table over such a stream whose time is that of arrival.
     *
     * @param how options of the source
     */
    static String arriving(Map<String, String> how, String streamArn) {
        return """
               CREATE TEMPORARY TABLE bids (
                 n BIGINT, auction BIGINT, bidder BIGINT, price BIGINT, url STRING, `at` STRING,
                 arrival TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
                 WATERMARK FOR arrival AS arrival
               ) WITH ('connector' = 'kinesis', 'stream.arn' = '%s', 'format' = 'json',
                 %s)"""
                .formatted(streamArn, options(how));
    }

    /** The bids' numbers alone, which a forest learns. */
    static String numbers() {
        return "CREATE TEMPORARY VIEW numbers AS SELECT CAST(bidder AS DOUBLE) AS bidder,"
                + " CAST(price AS DOUBLE) AS price FROM bids";
    }

    /** The same numbers of one bid. */
    static double[] point(long n) {
        return new double[] {n * STRIDE % BIDDERS, n * STRIDE % PRICES};
    }

    /** How a stream of the fake is read from its first record to its last. */
    static Map<String, String> toTheEnd(URI kinesis) {
        Map<String, String> options = new TreeMap<>(reached(kinesis));
        options.put("source.init.position", "TRIM_HORIZON");
        options.put("source.end.position", "NOW");
        options.put("source.shard.get-records.interval", "1 ms");
        return options;
    }

    /** How the fake is reached. */
    static Map<String, String> reached(URI kinesis) {
        return Map.of(
                "aws.endpoint", kinesis.toString(),
                "aws.credentials.provider", "BASIC",
                "aws.credentials.basic.accesskeyid", "a",
                "aws.credentials.basic.secretkey", "b");
    }

    /** Options as a table's WITH has them. */
    static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(one -> "'" + one.getKey() + "' = '" + one.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
