package io.hydrant.kinesis.source;

/** Where a read of a stream ends. */
public enum EndPosition {
    /** Nowhere: what arrives is read for as long as the job runs. */
    NONE,
    /** With what had arrived when the job first listed the stream. */
    NOW,
    /** With the last record that arrived before a given time. */
    AT_TIMESTAMP
}
