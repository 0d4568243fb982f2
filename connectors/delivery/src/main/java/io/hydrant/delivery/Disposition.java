package io.hydrant.delivery;

/** Where a record goes when it leaves the transform. */
public enum Disposition {
    /** To the destination. */
    DELIVER,
    /** To the dead letter (the error prefix), with its payload and the reason. */
    DEAD_LETTER,
    /** Nowhere, because a transform said so; the ledger still counts it, or it would look lost. */
    DROP,
    /**
     * To the ledger alone: no record, but the {@link io.hydrant.core.record.LostRange marker} of a
     * stretch that the stream did not hold any more when it was to be read.
     */
    LOST,
    /**
     * To the ledger alone: no record, but the {@link io.hydrant.core.record.ReadingBegin marker} of
     * where reading a shard began.
     */
    BEGUN
}
