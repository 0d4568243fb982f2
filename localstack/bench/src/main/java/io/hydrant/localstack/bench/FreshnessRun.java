package io.hydrant.localstack.bench;

import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.cases.CorridorCase;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.report.FreshnessResult;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Puts records at an even pace, each with its time in front, while a corridor delivers them, and
 * holds that time against the moment at which the record's object appeared.
 */
final class FreshnessRun {

    private static final String STREAM = "freshness";
    private static final byte[] TIME = "{\"at\":".getBytes(StandardCharsets.UTF_8);

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
        long records = (seconds + NOT_LOOKED_AT.toSeconds()) * PacedPuts.RECORDS_PER_SECOND;
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<?> delivery =
                    beside.submit(
                            () -> {
                                corridor.deliver(arn, records);
                                return null;
                            });
            PacedPuts puts = new PacedPuts(fakes);
            puts.awaitReader(delivery);
            puts.put(StreamArn.parse(arn), i -> timed(lines.line(i)), records, delivery);
            delivery.get();
            return FreshnessResult.of(
                    CorridorCase.FRESHNESS_INTERVAL,
                    LocalFlink.CHECKPOINT_INTERVAL,
                    PacedPuts.RECORDS_PER_SECOND,
                    ages(bucket));
        } catch (ExecutionException e) {
            throw new IOException("The corridor failed", e.getCause());
        } finally {
            beside.shutdownNow();
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

    /** A line that was seen, and how old it was when it became visible. */
    private record Seen(long putMillis, long ageMillis) {}

    /** The time that is looked at begins with the first record, however long its client took. */
    private long[] ages(String bucket) throws IOException {
        List<Seen> all = new ArrayList<>();
        landing.eachLine(
                bucket,
                (content, from, to, visible) -> {
                    long at = 0;
                    for (int i = from + TIME.length; content[i] != ','; i++) {
                        at = at * 10 + content[i] - '0';
                    }
                    all.add(new Seen(at, visible.toEpochMilli() - at));
                });
        long first = all.stream().mapToLong(Seen::putMillis).min().orElse(0);
        long watchedUntil = first + TimeUnit.SECONDS.toMillis(seconds);
        return all.stream()
                .filter(seen -> seen.putMillis() < watchedUntil)
                .mapToLong(Seen::ageMillis)
                .toArray();
    }
}
