package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads its shards in turn with {@code GetRecords}: the shard that has waited longest behind its
 * time is next, so a busy or throttled one holds up no other.
 */
final class PollingShardReader extends ShardReader {

    private static final Logger LOG = LoggerFactory.getLogger(PollingShardReader.class);

    private final StreamApi api;
    private final KinesisSourceConfig config;
    private final ReaderMetrics metrics;
    private final LostPositions lostPositions;
    private final Retentions retentions;
    private final ShardPages pages;
    private final Map<String, ShardCursor> paused = new HashMap<>();

    /** Mean size of the records of the last page that had any; 0 before it. */
    private double recordBytes;

    private final PriorityQueue<ShardCursor> queue =
            new PriorityQueue<>(ShardCursor::compareNextCall);

    /**
     * A reader of no shards yet.
     *
     * @param api shared with other readers; not closed here
     * @param permits shared with the other readers of the task
     */
    PollingShardReader(
            StreamApi api,
            KinesisSourceConfig config,
            ReaderMetrics metrics,
            BatchPermits permits,
            ReadThrough readThrough,
            CurrentStamp currentStamp,
            Retentions retentions,
            ReaderTime time) {
        super(permits, time);
        this.api = api;
        this.config = config;
        this.metrics = metrics;
        this.lostPositions = new LostPositions(config.positionLost(), metrics);
        this.retentions = retentions;
        this.pages =
                new ShardPages(
                        metrics, readThrough, lostPositions, retentions, permits, currentStamp);
    }

    @Override
    public RecordsWithSplitIds<Envelope> fetch() {
        while (true) {
            ShardCursor cursor = queue.peek();
            if (!awaitTurn(cursor)) {
                return ShardBatch.empty();
            }
            queue.remove();
            ShardBatch batch = null;
            try {
                batch = read(cursor);
            } finally {
                if (batch == null) {
                    monitor.release();
                }
            }
            if (!cursor.atEnd()) {
                queue.add(cursor);
                metrics.sleeps(
                        cursor.splitId(),
                        TimeUnit.NANOSECONDS.toMillis(cursor.nextCall() - time.nanoTime()));
            }
            if (batch != null) {
                return batch;
            }
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KinesisShardSplit> change) {
        if (change instanceof SplitsAddition<KinesisShardSplit>) {
            long now = time.nanoTime();
            for (KinesisShardSplit split : change.splits()) {
                metrics.add(split);
                queue.add(new ShardCursor(split, config, now, time.random()));
            }
        } else {
            for (KinesisShardSplit split : change.splits()) {
                queue.removeIf(cursor -> cursor.splitId().equals(split.splitId()));
                paused.remove(split.splitId());
            }
        }
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<KinesisShardSplit> toPause, Collection<KinesisShardSplit> toResume) {
        for (KinesisShardSplit split : toPause) {
            queue.removeIf(
                    cursor -> {
                        boolean found = cursor.splitId().equals(split.splitId());
                        if (found) {
                            paused.put(cursor.splitId(), cursor);
                        }
                        return found;
                    });
        }
        for (KinesisShardSplit split : toResume) {
            ShardCursor cursor = paused.remove(split.splitId());
            if (cursor != null) {
                queue.add(cursor);
            }
        }
    }

    @Override
    public void close() {
        abort();
    }

    /** Waits until the shard's time has come and takes a permit; false when woken before. */
    private boolean awaitTurn(ShardCursor cursor) {
        return await(
                () -> {
                    long left =
                            cursor == null ? Long.MAX_VALUE : cursor.nextCall() - time.nanoTime();
                    if (left > 0) {
                        return left;
                    }
                    return monitor.tryAcquire() ? 0 : Long.MAX_VALUE;
                });
    }

    /** Reads once; null when that gave nothing to pass on. */
    private ShardBatch read(ShardCursor cursor) {
        long calledAt = time.nanoTime();
        long late = calledAt - cursor.nextCall();
        long calledAtMillis = time.currentMillis();
        RecordPage page;
        cursor.pace().expect(recordBytes);
        try {
            page =
                    call(
                            () -> {
                                if (!cursor.hasIterator()) {
                                    cursor.askRetention(retentions, calledAtMillis);
                                    cursor.requestIterator(api);
                                }
                                metrics.called();
                                return cursor.read(api);
                            });
        } catch (RuntimeException e) {
            return failed(cursor, calledAt, cursor.hasIterator(), e);
        }
        cursor.nextCall(
                cursor.pace().afterPage(calledAt, late, page.records().size(), page.bytes()));
        if (!page.records().isEmpty()) {
            recordBytes = (double) page.bytes() / page.records().size();
        }
        ShardBatch batch = pages.take(cursor, page, calledAtMillis);
        if (pages.endNearHorizon(cursor, page)) {
            cursor.dropIterator();
        }
        return batch;
    }

    /** Decides how to go on; gives the end of a shard that is gone, else null. */
    private ShardBatch failed(
            ShardCursor cursor, long calledAt, boolean gettingRecords, RuntimeException error) {
        if (isAborted()) {
            return null;
        }
        switch (StreamFailure.of(error)) {
            case ITERATOR_EXPIRED -> {
                metrics.iteratorExpired();
                cursor.dropIterator();
                cursor.nextCall(calledAt + config.callInterval().toNanos());
            }
            case THROTTLED -> {
                metrics.throttled(cursor.splitId(), gettingRecords);
                cursor.nextCall(cursor.pace().afterThrottle(calledAt));
                LOG.debug("Throttled on {}", cursor.splitId(), error);
            }
            case TRANSIENT -> {
                metrics.troubled();
                cursor.nextCall(cursor.pace().afterTrouble(calledAt));
                LOG.warn("Could not read {}; trying again", cursor.splitId(), error);
            }
            case INTERRUPTED, FATAL -> {
                return lost(cursor, calledAt, gettingRecords, error);
            }
        }
        return null;
    }

    /** Tells positions that are gone from calls that are wrong. */
    private ShardBatch lost(
            ShardCursor cursor, long calledAt, boolean gettingRecords, RuntimeException error) {
        if (error instanceof InvalidArgumentException
                && !gettingRecords
                && cursor.position() instanceof Position.Behind) {
            cursor.refused(error);
            cursor.nextCall(calledAt + config.callInterval().toNanos());
            return null;
        }
        if (error instanceof ResourceNotFoundException) {
            RuntimeException listing = list(cursor.split().stream());
            if (listing == null) {
                cursor.end(
                        lostPositions.shardGone(
                                cursor.split(),
                                cursor.position(),
                                cursor.known(),
                                time.currentMillis(),
                                error));
                return new ShardBatch(
                        cursor.splitId(), List.of(cursor.takeLost()), true, monitor::release);
            }
            StreamFailure failure = StreamFailure.of(listing);
            if (isAborted()) {
                return null;
            }
            boolean streamGone = listing instanceof ResourceNotFoundException;
            if (streamGone
                    || failure == StreamFailure.THROTTLED
                    || failure == StreamFailure.TRANSIENT) {
                // Whether the job goes on without a stream is the enumerator's to say, which sees
                // the others; until then the shard waits, and is there if the stream comes back.
                LOG.debug("Could not read {}; trying again", cursor.splitId(), error);
                metrics.troubled();
                cursor.dropIterator();
                cursor.nextCall(cursor.pace().afterTrouble(calledAt));
                return null;
            }
        }
        throw StreamException.of(
                gettingRecords ? "GetRecords" : "GetShardIterator",
                cursor.split().stream(),
                cursor.split().shardId(),
                error);
    }

    /** Lists the stream's open shards to see whether it is there; null when it is. */
    private RuntimeException list(StreamArn stream) {
        try {
            call(() -> api.listShards(stream, new ShardSelection.Open()));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
