package io.hydrant.kinesis.sink;

/** What becomes of records that the service would never take, where no handler is given. */
public enum Rejection {
    /** The job fails, with a message that says what is wrong with the record. */
    FAIL,
    /** They are left out, counted in the metric {@code rejectedRecords}, and said in the log. */
    DROP;

    RejectedRecords handler() {
        return this == FAIL ? RejectedRecords.FAIL : new DroppedRecords();
    }
}
