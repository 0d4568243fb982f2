package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardSubscriber;
import io.hydrant.kinesis.stream.StreamArn;

import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * One subscription to a shard as its service sees it: events are made ahead, as HTTP/2 lets a
 * server do, and one is sent for each that was asked for.
 */
final class SimulatedSubscription {

    private static final int LARGEST_EVENT = 5;
    private static final int MOST_AHEAD = 3;

    private final SimulatedAccount account;
    private final StreamArn stream;
    private final String shardId;
    private final ShardSubscriber subscriber;
    private final long since;
    private final Random random;
    private final Deque<RecordPage> ahead = new ArrayDeque<>();
    private int place;
    private int demand;
    private boolean accepted;
    private boolean silent;
    private boolean closing;
    private boolean cancelled;
    private RuntimeException refusal;

    /**
     * A subscription that was asked for.
     *
     * @param since when that was, by the simulation's nanoseconds
     */
    SimulatedSubscription(
            SimulatedAccount account,
            StreamArn stream,
            String shardId,
            ShardSubscriber subscriber,
            long since,
            Random random) {
        this.account = account;
        this.stream = stream;
        this.shardId = shardId;
        this.subscriber = subscriber;
        this.since = since;
        this.random = random;
    }

    long since() {
        return since;
    }

    boolean isOfSameShard(SimulatedSubscription other) {
        return stream.equals(other.stream) && shardId.equals(other.shardId);
    }

    /**
     * Where the first event begins.
     *
     * @throws RuntimeException the SDK's, when there is no such place
     */
    void begin(Position position) {
        place = account.place(stream, shardId, position);
    }

    /** The answer will be a refusal. */
    void refuse(RuntimeException error) {
        refusal = error;
    }

    void request() {
        demand++;
    }

    /** Nobody listens any more. */
    void cancel() {
        cancelled = true;
    }

    /** Nothing comes any more, not even the end. */
    void fallSilent() {
        silent = true;
    }

    /** It breaks, whatever is under way. */
    void end(Throwable cause) {
        if (!silent || random.nextBoolean()) {
            subscriber.ended(cause);
        }
    }

    /**
     * Does the next thing.
     *
     * @param outOfTime whether it has been open for as long as one may be
     * @return whether it is over
     */
    boolean goOn(boolean outOfTime) {
        if (silent) {
            return outOfTime;
        }
        if (refusal != null) {
            subscriber.ended(refusal);
            return true;
        }
        if (!accepted) {
            accepted = true;
            subscriber.accepted();
            return false;
        }
        closing |= outOfTime;
        if (!closing && ahead.size() < MOST_AHEAD) {
            try {
                makeEvent();
            } catch (ResourceNotFoundException e) {
                // All of the shard has expired since.
                subscriber.ended(e);
                return true;
            }
        }
        // What comes after it was cancelled means nothing, but does come.
        if ((demand > 0 || cancelled) && !ahead.isEmpty()) {
            demand--;
            subscriber.received(ahead.remove());
        }
        boolean over = closing && ahead.isEmpty();
        if (over) {
            subscriber.ended(null);
        }
        return over;
    }

    private void makeEvent() {
        SimulatedStream.Content content = account.content(stream, shardId);
        int from = Math.max(place, account.firstHeld(content));
        RecordPage page =
                account.page(
                        content,
                        place,
                        1 + random.nextInt(LARGEST_EVENT),
                        to -> to > from ? content.records().get(to - 1).sequence() : mark(content));
        closing = page.nextIterator() == null;
        // Now and then an event of no records says that there is nothing new.
        if (closing || !page.records().isEmpty() || random.nextInt(5) == 0) {
            ahead.add(page);
            place = from + page.records().size();
        }
    }

    /** Where an event has come to that has no records; not every server says so. */
    private String mark(SimulatedStream.Content content) {
        return random.nextInt(4) == 0 ? "" : account.mark(stream, content);
    }
}
