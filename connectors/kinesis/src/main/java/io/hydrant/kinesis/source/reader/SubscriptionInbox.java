package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardSubscriber;
import io.hydrant.kinesis.stream.ShardSubscription;

import java.io.IOException;
import java.util.Deque;

/**
 * What has come of one subscription and was not looked at yet: one event at the most, because the
 * next one is asked for when it was taken out, and the end.
 *
 * <p>I/O threads fill it and never wait; the reader's thread empties it. All is guarded by the
 * reader's monitor, under which nothing is called.
 */
final class SubscriptionInbox implements ShardSubscriber {

    private final FanOutCursor cursor;
    private final Object monitor;
    private final Deque<SubscriptionInbox> ready;
    private final ReaderTime time;
    private final long askedMillis;
    private ShardSubscription subscription;
    private RecordPage page;
    private boolean accepted;
    private boolean awaited;
    private boolean received;
    private boolean over;
    private boolean queued;
    private Throwable error;
    private long silentSince;

    /**
     * An inbox of nothing yet.
     *
     * @param ready where it puts itself when something has come; guarded by the monitor too
     */
    SubscriptionInbox(
            FanOutCursor cursor, Object monitor, Deque<SubscriptionInbox> ready, ReaderTime time) {
        this.cursor = cursor;
        this.monitor = monitor;
        this.ready = ready;
        this.time = time;
        this.askedMillis = time.currentMillis();
        this.silentSince = time.nanoTime();
    }

    @Override
    public void accepted() {
        synchronized (monitor) {
            accepted = true;
            silentSince = time.nanoTime();
        }
    }

    @Override
    public void received(RecordPage next) {
        synchronized (monitor) {
            if (page != null) {
                ended(new IOException("An event came that was not asked for"));
                return;
            }
            page = next;
            accepted = true;
            awaited = false;
            received = true;
            enqueue();
        }
    }

    @Override
    public void ended(Throwable cause) {
        synchronized (monitor) {
            over = true;
            error = cause;
            enqueue();
        }
    }

    FanOutCursor cursor() {
        return cursor;
    }

    /** When the subscription was asked for: what it brings was made later. */
    long askedMillis() {
        return askedMillis;
    }

    void belongsTo(ShardSubscription made) {
        subscription = made;
    }

    /** Asks for the next event. */
    void request() {
        synchronized (monitor) {
            awaited = true;
            silentSince = time.nanoTime();
        }
        subscription.request();
    }

    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Looks again, after a pause, at what has come. */
    void enqueue() {
        synchronized (monitor) {
            if (!queued && (page != null || over)) {
                queued = true;
                ready.add(this);
                monitor.notifyAll();
            }
        }
    }

    /** It was taken out of the queue. */
    void dequeued() {
        synchronized (monitor) {
            queued = false;
        }
    }

    boolean hasPage() {
        synchronized (monitor) {
            return page != null;
        }
    }

    RecordPage takePage() {
        synchronized (monitor) {
            RecordPage taken = page;
            page = null;
            return taken;
        }
    }

    /** Why it ended; null where its time was over. */
    Throwable error() {
        synchronized (monitor) {
            return error;
        }
    }

    boolean wasAccepted() {
        synchronized (monitor) {
            return accepted;
        }
    }

    boolean hasReceived() {
        synchronized (monitor) {
            return received;
        }
    }

    /** Since when something is overdue, if anything is; else now. */
    long silentSince(long now) {
        synchronized (monitor) {
            return !over && (!accepted || awaited) ? silentSince : now;
        }
    }
}
