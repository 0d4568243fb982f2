package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.cases.CorridorCase;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.report.FreshnessResult;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Puts records at an even pace, each with its time in front, while a corridor delivers them, and
 * holds that time against the moment at which the record's object appeared.
 */
final class FreshnessRun {

    private static final String STREAM = "freshness";
    private static final int RECORDS_PER_SECOND = 1000;
    private static final int PUTS_PER_SECOND = 20;
    private static final byte[] TIME = "{\"at\":".getBytes(StandardCharsets.UTF_8);

    /** A reader that has not called by then has failed to start. */
    private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** Once the last record is in, the corridor is told to end, which would make these younger. */
    private static final Duration NOT_LOOKED_AT =
            CorridorCase.FRESHNESS_INTERVAL
                    .plus(LocalFlink.CHECKPOINT_INTERVAL)
                    .plus(Duration.ofSeconds(5));

    private final FakesProcess fakes;
    private final Landing landing;
    private final int shards;
    private final int seconds;

    /** The corridor to watch. */
    @FunctionalInterface
    interface Corridor {
        /** Delivers that many records of a stream and ends. */
        void deliver(String streamArn, long records) throws IOException, InterruptedException;
    }

    FreshnessRun(FakesProcess fakes, Landing landing, int shards, int seconds) {
        this.fakes = fakes;
        this.landing = landing;
        this.shards = shards;
        this.seconds = seconds;
    }

    FreshnessResult run(FlightLines lines, String bucket, Corridor corridor)
            throws IOException, InterruptedException {
        String arn = new FlightStreams(fakes.kinesisEndpoint(), shards).create(STREAM);
        fakes.forgetRequests();
        long records = (seconds + NOT_LOOKED_AT.toSeconds()) * RECORDS_PER_SECOND;
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<?> delivery =
                    beside.submit(
                            () -> {
                                corridor.deliver(arn, records);
                                return null;
                            });
            awaitReader(delivery);
            long watchedUntil = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(seconds);
            put(StreamArn.parse(arn), lines, records, delivery);
            delivery.get();
            return FreshnessResult.of(
                    CorridorCase.FRESHNESS_INTERVAL,
                    LocalFlink.CHECKPOINT_INTERVAL,
                    RECORDS_PER_SECOND,
                    ages(bucket, watchedUntil));
        } catch (ExecutionException e) {
            throw new IOException("The corridor failed", e.getCause());
        } finally {
            beside.shutdownNow();
        }
    }

    /** Records that wait for a JVM to start would say nothing about the corridor. */
    private void awaitReader(Future<?> delivery)
            throws IOException, InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
        while (!fakes.requests().containsKey("GetRecords")) {
            if (delivery.isDone()) {
                delivery.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The corridor has not begun to read within two minutes");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void put(StreamArn stream, FlightLines lines, long records, Future<?> delivery)
            throws IOException, InterruptedException, ExecutionException {
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(
                        fakes.kinesisEndpoint(), "us-east-1", "anyone", "anything");
        long start = System.nanoTime();
        long turnNanos = TimeUnit.SECONDS.toNanos(1) / PUTS_PER_SECOND;
        int perTurn = RECORDS_PER_SECOND / PUTS_PER_SECOND;
        try (BatchPutter putter =
                BatchPutter.builder(SdkPutApi.factory(aws, stream).open(), stream).build()) {
            for (long i = 0; i < records; i++) {
                if (i % perTurn == 0) {
                    putter.flush();
                    if (delivery.isDone()) {
                        delivery.get();
                    }
                    long wait = start + i / perTurn * turnNanos - System.nanoTime();
                    if (wait > 0) {
                        TimeUnit.NANOSECONDS.sleep(wait);
                    }
                }
                putter.put(Long.toString(i), timed(lines.line(i)));
            }
            putter.flush();
        }
    }

    private static byte[] timed(byte[] line) {
        byte[] now = (System.currentTimeMillis() + ",").getBytes(StandardCharsets.UTF_8);
        byte[] timed = new byte[TIME.length + now.length + line.length - 1];
        System.arraycopy(TIME, 0, timed, 0, TIME.length);
        System.arraycopy(now, 0, timed, TIME.length, now.length);
        System.arraycopy(line, 1, timed, TIME.length + now.length, line.length - 1);
        return timed;
    }

    private long[] ages(String bucket, long watchedUntil) throws IOException {
        LongStream.Builder ages = LongStream.builder();
        landing.eachLine(
                bucket,
                (content, from, to, visible) -> {
                    long at = 0;
                    for (int i = from + TIME.length; content[i] != ','; i++) {
                        at = at * 10 + content[i] - '0';
                    }
                    if (at < watchedUntil) {
                        ages.add(visible.toEpochMilli() - at);
                    }
                });
        return ages.build().toArray();
    }
}
