package io.hydrant.kinesis.source;

/** Where reading begins when there is no state, named as Flink's official connector names it. */
public enum InitialPosition {
    /** With what arrives from the job's first start on. */
    LATEST,
    /** With the oldest record that the stream holds. */
    TRIM_HORIZON,
    /** With the first record that arrived at a given time or later. */
    AT_TIMESTAMP
}
