package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bids for auctions, one every ten milliseconds of their own time: the same rows from Flink's
 * generator, by computed columns, and as JSON from a stream.
 */
public final class Bids {

    private static final int AUCTIONS = 1000;
    private static final int BIDDERS = 10_000;
    private static final int PRICES = 10_007;
    private static final int STRIDE = 7919;
    private static final long STEP_MILLIS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Bids() {}

    /** The bids as records of a stream, in the order of their numbers. */
    public static List<PreparedRecord> records(long count) {
        List<PreparedRecord> records = new ArrayList<>((int) count);
        for (long n = 0; n < count; n++) {
            String document =
                    String.format(
                            Locale.ROOT,
                            "{\"n\":%d,\"auction\":%d,\"bidder\":%d,\"price\":%d,"
                                    + "\"url\":\"https://auctions.example/%d\",\"at\":\"%s\"}",
                            n,
                            n * STRIDE % AUCTIONS,
                            n * STRIDE % BIDDERS,
                            n * STRIDE % PRICES,
                            n,
                            time(n));
            records.add(
                    new PreparedRecord(
                            "bid-" + n, null, document.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
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
               ) WITH ('connector' = 'kinesis', 'stream.arn' = '%s', 'aws.endpoint' = '%s',
                 'aws.credentials.provider' = 'BASIC', 'aws.credentials.basic.accesskeyid' = 'a',
                 'aws.credentials.basic.secretkey' = 'b', 'source.init.position' = 'TRIM_HORIZON',
                 'source.end.position' = 'NOW', 'source.shard.get-records.interval' = '1 ms',
                 'format' = 'json')"""
                .formatted(streamArn, kinesis);
    }
}
