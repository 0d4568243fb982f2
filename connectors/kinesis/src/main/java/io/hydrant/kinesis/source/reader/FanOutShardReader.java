package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.FanOutApi;
import io.hydrant.kinesis.stream.Propagation;
import io.hydrant.kinesis.stream.RecordPage;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;

/**
 * Reads its shards by subscribing to them: the stream pushes events, one for each that was asked
 * for.
 *
 * <p>The next event of a shard is asked for when the one before was passed on and there is a permit
 * for another batch. So what a task holds is bounded by its permits, one event for each of its
 * shards and what HTTP/2 lets a server send ahead; a task that emits nothing asks for nothing, and
 * no I/O thread ever waits.
 *
 * <p>A subscription ends after five minutes, or breaks: another one goes on where the last event
 * that was passed on ended. Nothing is lost or doubled by that, whatever was under way.
 */
final class FanOutShardReader extends ShardReader {

    private final FanOutApi api;
    private final KinesisSourceConfig config;
    private final NamedConsumers consumers;
    private final ReaderMetrics metrics;
    private final FanOutMetrics fanOutMetrics;
    private final ShardPages pages;
    private final Retentions retentions;
    private final BrokenSubscriptions broken;
    private final long timeoutNanos;

    /** Guarded by the monitor; all else belongs to the reader's thread. */
    private final Deque<SubscriptionInbox> ready = new ArrayDeque<>();

    private final Map<String, FanOutCursor> cursors = new LinkedHashMap<>();
    private final PriorityQueue<FanOutCursor> due =
            new PriorityQueue<>((one, other) -> one.shard().compareNextCall(other.shard()));
    private final List<FanOutCursor> unnamed = new ArrayList<>();
    private final Deque<FanOutCursor> wanting = new ArrayDeque<>();
    private int consumersSeen;
    private boolean holdsPermit;
    private long nextWatch;

    /**
     * A reader of no shards yet.
     *
     * @param api shared with other readers; not closed here
     * @param broken decides what becomes of a shard whose subscription broke
     */
    FanOutShardReader(
            FanOutApi api,
            KinesisSourceConfig config,
            NamedConsumers consumers,
            BatchPermits permits,
            ReaderMetrics metrics,
            FanOutMetrics fanOutMetrics,
            ShardPages pages,
            Retentions retentions,
            BrokenSubscriptions broken,
            ReaderTime time) {
        super(permits, time);
        this.api = api;
        this.config = config;
        this.consumers = consumers;
        this.metrics = metrics;
        this.fanOutMetrics = fanOutMetrics;
        this.pages = pages;
        this.broken = broken;
        this.retentions = retentions;
        this.timeoutNanos = config.fanOut().subscriptionTimeout().toNanos();
        this.nextWatch = time.nanoTime();
    }

    @Override
    public RecordsWithSplitIds<Envelope> fetch() {
        while (await(this::nanosToWork)) {
            breakSilent();
            subscribeDue();
            requestWanted();
            ShardBatch batch = takeNext();
            if (batch != null) {
                return batch;
            }
        }
        return ShardBatch.empty();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KinesisShardSplit> change) {
        if (change instanceof SplitsAddition<KinesisShardSplit>) {
            long now = time.nanoTime();
            for (KinesisShardSplit split : change.splits()) {
                metrics.add(split);
                FanOutCursor cursor =
                        new FanOutCursor(new ShardCursor(split, config, now, time.random()));
                cursors.put(split.splitId(), cursor);
                due.add(cursor);
            }
        } else {
            change.splits().forEach(split -> remove(cursors.get(split.splitId())));
        }
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<KinesisShardSplit> toPause, Collection<KinesisShardSplit> toResume) {
        for (KinesisShardSplit split : toPause) {
            FanOutCursor cursor = cursors.get(split.splitId());
            if (cursor != null) {
                cursor.paused(true);
                due.remove(cursor);
                wanting.remove(cursor);
            }
        }
        for (KinesisShardSplit split : toResume) {
            FanOutCursor cursor = cursors.get(split.splitId());
            if (cursor != null && cursor.paused()) {
                cursor.paused(false);
                resume(cursor);
            }
        }
    }

    @Override
    public void close() {
        abort();
        cursors.values().forEach(FanOutShardReader::cancel);
        cursors.clear();
        if (holdsPermit) {
            holdsPermit = false;
            monitor.release();
        }
    }

    private void resume(FanOutCursor cursor) {
        if (cursor.inbox() == null) {
            if (!unnamed.contains(cursor)) {
                due.add(cursor);
            }
            return;
        }
        if (cursor.wanting()) {
            wanting.add(cursor);
        }
        cursor.inbox().enqueue();
    }

    private void remove(FanOutCursor cursor) {
        if (cursor != null) {
            cancel(cursor);
            cursors.remove(cursor.shard().splitId());
            due.remove(cursor);
            unnamed.remove(cursor);
            wanting.remove(cursor);
        }
    }

    private static void cancel(FanOutCursor cursor) {
        if (cursor.inbox() != null) {
            cursor.inbox().cancel();
            cursor.inbox(null);
        }
    }

    /** How long there is nothing to do; asked under the monitor's lock. */
    private long nanosToWork() {
        if (consumers.version() != consumersSeen
                || (!wanting.isEmpty() && holdPermit())
                || (!ready.isEmpty() && (!ready.peek().hasPage() || holdPermit()))) {
            return 0;
        }
        long now = time.nanoTime();
        long left = cursors.isEmpty() ? Long.MAX_VALUE : nextWatch - now;
        return due.isEmpty() ? left : Math.min(left, due.peek().shard().nextCall() - now);
    }

    /** Keeps a permit at hand for the next event, so that it can be passed on when it comes. */
    private boolean holdPermit() {
        holdsPermit = holdsPermit || monitor.tryAcquire();
        return holdsPermit;
    }

    /** Gives up subscriptions from which nothing comes although something should. */
    private void breakSilent() {
        long now = time.nanoTime();
        if (now - nextWatch < 0) {
            return;
        }
        nextWatch = now + Math.max(1, Math.min(Duration.ofSeconds(1).toNanos(), timeoutNanos / 4));
        for (FanOutCursor cursor : cursors.values()) {
            SubscriptionInbox inbox = cursor.inbox();
            if (inbox != null && now - inbox.silentSince(now) > timeoutNanos) {
                inbox.cancel();
                inbox.ended(
                        new TimeoutException(
                                "Nothing came of a subscription to "
                                        + cursor.shard().splitId()
                                        + " within "
                                        + config.fanOut().subscriptionTimeout()));
            }
        }
    }

    private void subscribeDue() {
        int version = consumers.version();
        if (version != consumersSeen) {
            consumersSeen = version;
            unnamed.stream().filter(cursor -> !cursor.paused()).forEach(due::add);
            unnamed.clear();
        }
        long now = time.nanoTime();
        while (!due.isEmpty() && due.peek().shard().nextCall() - now <= 0) {
            FanOutCursor cursor = due.remove();
            String consumer = consumers.arnOf(cursor.shard().split().stream());
            if (consumer == null) {
                unnamed.add(cursor);
            } else {
                subscribe(cursor, consumer);
            }
        }
    }

    private void subscribe(FanOutCursor cursor, String consumer) {
        KinesisShardSplit split = cursor.shard().split();
        SubscriptionInbox inbox = new SubscriptionInbox(cursor, monitor, ready, time);
        cursor.inbox(inbox);
        fanOutMetrics.called();
        try {
            inbox.belongsTo(
                    call(
                            () -> {
                                cursor.shard().askRetention(retentions, time.currentMillis());
                                return api.subscribe(
                                        split.stream(),
                                        consumer,
                                        split.shardId(),
                                        cursor.start(),
                                        inbox);
                            }));
            want(cursor);
        } catch (RuntimeException e) {
            inbox.ended(e);
        }
    }

    private void want(FanOutCursor cursor) {
        cursor.wanting(true);
        wanting.add(cursor);
    }

    private void requestWanted() {
        if (!wanting.isEmpty() && !holdsPermit) {
            synchronized (monitor) {
                if (!holdPermit()) {
                    return;
                }
            }
        }
        for (FanOutCursor cursor = wanting.poll(); cursor != null; cursor = wanting.poll()) {
            cursor.wanting(false);
            cursor.inbox().request();
        }
    }

    /** Looks at what came first; null when that is nothing to pass on. */
    private ShardBatch takeNext() {
        SubscriptionInbox inbox;
        RecordPage page;
        synchronized (monitor) {
            inbox = ready.peek();
            if (inbox == null || (inbox.hasPage() && !holdPermit())) {
                return null;
            }
            ready.remove();
            inbox.dequeued();
            if (inbox != inbox.cursor().inbox() || inbox.cursor().paused()) {
                return null;
            }
            page = inbox.takePage();
            inbox.enqueue();
        }
        return page == null ? ended(inbox) : take(inbox, page);
    }

    private ShardBatch take(SubscriptionInbox inbox, RecordPage page) {
        FanOutCursor cursor = inbox.cursor();
        fanOutMetrics.received();
        cursor.shard().pace().recovered();
        ShardBatch batch = pages.take(cursor.shard(), page, inbox.askedMillis());
        if (cursor.shard().atEnd()) {
            remove(cursor);
        } else {
            cursor.cameTo(page);
            if (leavesTheEndOpen(inbox, page) || pages.endNearHorizon(cursor.shard(), page)) {
                cancel(cursor);
                cursor.shard().nextCall(time.nanoTime());
                due.add(cursor);
            } else {
                want(cursor);
            }
        }
        if (batch != null) {
            // It goes with the batch.
            holdsPermit = false;
        }
        return batch;
    }

    /**
     * Whether a bounded read can end only with another subscription. An event may have waited for
     * as long as its subscription is open, so that nothing to read says nothing of what arrived
     * later than the subscription.
     */
    private boolean leavesTheEndOpen(SubscriptionInbox inbox, RecordPage page) {
        long end = inbox.cursor().shard().split().end();
        return end != KinesisShardSplit.NO_END
                && page.isAtTip()
                && !Propagation.isOver(end, inbox.askedMillis())
                && Propagation.isOver(end, time.currentMillis());
    }

    private ShardBatch ended(SubscriptionInbox inbox) {
        FanOutCursor cursor = inbox.cursor();
        cursor.inbox(null);
        cursor.wanting(false);
        wanting.remove(cursor);
        if (isAborted()) {
            return null;
        }
        if (broken.goesOn(this, cursor, inbox)) {
            due.add(cursor);
            return null;
        }
        remove(cursor);
        return ShardBatch.end(cursor.shard().splitId(), cursor.shard().takeLost());
    }
}
