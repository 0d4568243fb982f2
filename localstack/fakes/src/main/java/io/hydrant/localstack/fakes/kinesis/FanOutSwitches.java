package io.hydrant.localstack.fakes.kinesis;

import java.time.Duration;

/**
 * How the subscriptions of a fake go. As with the service, one ends after five minutes; another of
 * the same consumer to the same shard takes over, but is refused within five seconds of the last
 * one.
 *
 * <p>All methods may be called at any time from any thread.
 */
public final class FanOutSwitches {

    private final Subscriptions subscriptions;

    FanOutSwitches(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** How many subscriptions are open. */
    public int open() {
        return subscriptions.open();
    }

    /** A subscription is refused for so long after the last one to the same shard. */
    public void untilTakeOver(Duration time) {
        subscriptions.untilTakeOver(time);
    }

    /** Events of subscriptions to come hold so many records at the most. */
    public void recordsPerEvent(int records) {
        subscriptions.recordsPerEvent(records);
    }

    /** Subscriptions to come end, as after five minutes, after so many events. */
    public void eventsPerSubscription(int events) {
        subscriptions.eventsPerSubscription(events);
    }

    /**
     * Every open subscription ends with an error in the midst of its events.
     *
     * @param code such as {@code InternalFailureException}
     */
    public void failAll(String code, String message) {
        subscriptions.fail(code, message);
    }

    /** The server gives up every open subscription, on connections that stay. */
    public void resetAll() {
        subscriptions.breakOff(false);
    }

    /** Every connection with an open subscription breaks. */
    public void disconnectAll() {
        subscriptions.breakOff(true);
    }
}
