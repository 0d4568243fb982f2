package io.hydrant.kinesis.stream;

/** Who turns the answers of {@code GetRecords} into records. */
public enum RecordDecoding {
    /** The AWS SDK, with an object for every record and every one of its fields. */
    SDK,
    /**
     * Hydrant, from the wire, for a fraction of the processor time. Requests, signatures, errors
     * and answers in JSON stay the SDK's.
     */
    DIRECT
}
