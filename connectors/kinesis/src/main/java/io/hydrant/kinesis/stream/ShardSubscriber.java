package io.hydrant.kinesis.stream;

/**
 * Is told what happens to a subscription, by one thread at a time: at most once that it was
 * accepted, then of events, once of the end. No method may block.
 */
public interface ShardSubscriber {

    /** The service has accepted the subscription. */
    void accepted();

    /**
     * An event that was asked for has come.
     *
     * @param page its records; without a place to read on at the end of a closed shard
     */
    void received(RecordPage page);

    /**
     * Nothing more comes.
     *
     * @param error why, or null where the subscription's time was over
     */
    void ended(Throwable error);
}
