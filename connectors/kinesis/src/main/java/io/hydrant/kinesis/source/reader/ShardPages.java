package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.stream.RecordPage;

import java.util.ArrayList;
import java.util.List;

/** Turns what was read of shards into batches: checks where it begins, counts, de-aggregates. */
final class ShardPages {

    private final ReaderMetrics metrics;
    private final ReadThrough readThrough;
    private final LostPositions lostPositions;
    private final Retentions retentions;
    private final BatchPermits permits;
    private final CurrentStamp currentStamp;

    ShardPages(
            ReaderMetrics metrics,
            ReadThrough readThrough,
            LostPositions lostPositions,
            Retentions retentions,
            BatchPermits permits,
            CurrentStamp currentStamp) {
        this.retentions = retentions;
        this.metrics = metrics;
        this.readThrough = readThrough;
        this.lostPositions = lostPositions;
        this.permits = permits;
        this.currentStamp = currentStamp;
    }

    /**
     * Moves a shard on behind a page.
     *
     * @param askedMillis a time at or before which the service made the page, in milliseconds since
     *     the epoch
     * @return its user records, behind the marker of what was lost before them, if anything; their
     *     permit was taken before; null where there is nothing to emit and the shard goes on
     */
    ShardBatch take(ShardCursor cursor, RecordPage page, long askedMillis) {
        cursor.check(page, askedMillis, lostPositions);
        UserRecords userRecords = cursor.userRecords();
        long deaggregated = userRecords.deaggregated();
        long outOfRange = userRecords.outOfRange();
        List<Envelope> records = cursor.take(page, askedMillis);
        metrics.read(cursor.splitId(), page, records.size());
        // A time at which the shard may have been closed says nothing of its children.
        if (page.isAtTip() && page.nextIterator() != null) {
            readThrough.reached(cursor.splitId(), cursor.readThrough(askedMillis));
        }
        if (cursor.atEnd()) {
            readThrough.ended(cursor.splitId(), cursor.openUntil());
        }
        metrics.deaggregated(
                userRecords.deaggregated() - deaggregated, userRecords.outOfRange() - outOfRange);
        if (!records.isEmpty()) {
            metrics.fetched(records.get(records.size() - 1));
        }
        List<ProducerStamp> stamps = userRecords.takeStamps();
        Envelope lost = cursor.takeLost();
        if (lost != null) {
            records = behind(lost, records);
            stamps = stamps.isEmpty() ? stamps : behind(null, stamps);
        }
        if (records.isEmpty() && !cursor.atEnd()) {
            return null;
        }
        return new ShardBatch(
                cursor.splitId(), records, stamps, currentStamp, cursor.atEnd(), permits::release);
    }

    /**
     * Whether reading has to begin anew at the last record, to see what expires before it is read.
     */
    boolean endNearHorizon(ShardCursor cursor, RecordPage page) {
        return cursor.isNearHorizon(page, retentions);
    }

    private static <T> List<T> behind(T first, List<T> others) {
        List<T> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }
}
