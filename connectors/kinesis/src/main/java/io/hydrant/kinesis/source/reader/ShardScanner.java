package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads what a stream holds, without a Flink job: every user record of a shard in order, from the
 * oldest to the newest. Records are those that {@link io.hydrant.kinesis.source.KinesisSource}
 * would emit with the same configuration.
 *
 * <p>Holds one page at a time. Instances may be used by several threads if the consumer may.
 */
public final class ShardScanner {

    /** Failures in a row, other than throttling, after which a scan gives up. */
    private static final int MAX_FAILURES = 8;

    private final StreamApi api;
    private final StreamArn stream;
    private final KinesisSourceConfig config;

    /**
     * A scanner of one stream.
     *
     * @param api not closed here
     * @param config how to read; its start position has no meaning here
     */
    public ShardScanner(StreamApi api, StreamArn stream, KinesisSourceConfig config) {
        this.api = api;
        this.stream = stream;
        this.config = config;
    }

    /**
     * All shards that hold data or may get some, oldest first.
     *
     * @throws StreamException when the stream cannot be listed
     */
    public List<Shard> shards() throws InterruptedException {
        ShardPace pace = ShardCursor.newPace(config, ReaderTime.REAL.random());
        for (int failures = 1; ; failures++) {
            try {
                return api.listShards(stream, new ShardSelection.Readable()).shards();
            } catch (RuntimeException e) {
                sleepUntil(pauseAfter("ListShards", null, e, pace, failures));
            }
        }
    }

    /**
     * Reads a shard from its oldest record to its end, its newest record, or the first page that
     * reaches a time, whichever is first.
     *
     * @param until everything that arrived before it is read; records after it may be
     * @param out takes the user records, in order
     * @return user records read
     * @throws StreamException when the shard cannot be read
     */
    public long scan(Shard shard, Instant until, Consumer<Envelope> out, ScanProgress progress)
            throws InterruptedException {
        ShardCursor cursor =
                new ShardCursor(
                        new KinesisShardSplit(
                                stream, shard.id(), shard.hashKeys(), new Position.TrimHorizon()),
                        config,
                        System.nanoTime(),
                        ReaderTime.REAL.random());
        long records = 0;
        int failures = 0;
        boolean done = false;
        while (!done) {
            sleepUntil(cursor.nextCall());
            long calledAt = System.nanoTime();
            String action = cursor.hasIterator() ? "GetRecords" : "GetShardIterator";
            RecordPage page;
            try {
                if (!cursor.hasIterator()) {
                    cursor.requestIterator(api);
                    action = "GetRecords";
                }
                page = cursor.read(api);
            } catch (RuntimeException e) {
                if (StreamFailure.of(e) == StreamFailure.ITERATOR_EXPIRED) {
                    cursor.dropIterator();
                } else {
                    failures++;
                    cursor.nextCall(pauseAfter(action, shard.id(), e, cursor.pace(), failures));
                }
                continue;
            }
            failures = 0;
            cursor.nextCall(
                    cursor.pace().afterPage(calledAt, 0, page.records().size(), page.bytes()));
            done = isLast(page, until);
            List<Envelope> userRecords = cursor.take(page, System.currentTimeMillis());
            userRecords.forEach(out);
            records += userRecords.size();
            progress.scanned(shard, records, page.millisBehindLatest());
        }
        return records;
    }

    private static boolean isLast(RecordPage page, Instant until) {
        if (page.nextIterator() == null || page.isAtTip()) {
            return true;
        }
        List<Envelope> records = page.records();
        return !records.isEmpty()
                && records.get(records.size() - 1).arrivalMillis() >= until.toEpochMilli();
    }

    private long pauseAfter(
            String action, String what, RuntimeException error, ShardPace pace, int failures) {
        StreamFailure failure = StreamFailure.of(error);
        long now = System.nanoTime();
        if (failure == StreamFailure.THROTTLED) {
            return pace.afterThrottle(now);
        }
        if (failure == StreamFailure.TRANSIENT && failures < MAX_FAILURES) {
            return pace.afterTrouble(now);
        }
        throw StreamException.of(action, stream, what, error);
    }

    private static void sleepUntil(long time) throws InterruptedException {
        long left = time - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
