package io.hydrant.kinesis.source;

/** What becomes of a job whose position in a shard is one that the stream no longer holds. */
public enum PositionLost {
    /** The job fails, with what is missing and what can be done about it. */
    FAIL,
    /**
     * Reading goes on at the oldest record held; what is missing is in the log, is counted in
     * {@code lostPositions}, and goes to who asked for {@link KinesisSource#withMarkers markers},
     * as a delivery's ledger does.
     */
    CONTINUE
}
