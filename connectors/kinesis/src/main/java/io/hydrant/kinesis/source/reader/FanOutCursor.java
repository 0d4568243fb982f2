package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;

/**
 * One shard being subscribed to.
 *
 * <p>Not thread-safe.
 */
final class FanOutCursor {

    /** What a server says that has come to no record yet. */
    private static final String NOWHERE = "0";

    private final ShardCursor shard;
    private SubscriptionInbox inbox;
    private String continuation = "";
    private boolean paused;
    private boolean wanting;

    FanOutCursor(ShardCursor shard) {
        this.shard = shard;
    }

    ShardCursor shard() {
        return shard;
    }

    /** The subscription in force, null while there is none. */
    SubscriptionInbox inbox() {
        return inbox;
    }

    void inbox(SubscriptionInbox of) {
        inbox = of;
    }

    boolean paused() {
        return paused;
    }

    void paused(boolean now) {
        paused = now;
    }

    /** Whether the next event is still to be asked for. */
    boolean wanting() {
        return wanting;
    }

    void wanting(boolean now) {
        wanting = now;
    }

    /**
     * Where the next subscription begins: at the last record read, so that it shows whether that is
     * still there, or, while there was none, at the place that the last subscription came to.
     */
    Position start() {
        shard.reopened();
        Position position = shard.position();
        boolean known = !continuation.isEmpty() && !continuation.equals(NOWHERE);
        return known && !(position instanceof Position.Behind)
                ? new Position.After(continuation)
                : position;
    }

    /** Remembers the place that a page came to; to be told after the shard took it. */
    void cameTo(RecordPage page) {
        continuation = shard.position() instanceof Position.Behind ? "" : page.nextIterator();
    }

    /** The service does not take the position. */
    void refused(RuntimeException error) {
        continuation = "";
        shard.refused(error);
    }
}
