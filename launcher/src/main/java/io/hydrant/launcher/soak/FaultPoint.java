package io.hydrant.launcher.soak;

import io.hydrant.kinesis.sink.BatchPutter;

/** Where a call to the store can fail: before the store did it, or after, with the answer lost. */
enum FaultPoint implements SoakFault {
    BEGIN_UPLOAD,
    BEGIN_UPLOAD_ANSWER,
    PART,
    PART_ANSWER,
    PUT,
    PUT_ANSWER,
    COMPLETE,
    COMPLETE_ANSWER,
    LEDGER,
    LEDGER_ANSWER,
    SEGMENT,
    SEGMENT_ANSWER,
    READ_SEGMENT,
    READ_SEGMENT_ANSWER,
    REMOVE_SEGMENT,
    REMOVE_SEGMENT_ANSWER,
    QUEUE,
    QUEUE_ANSWER,
    MANIFEST,
    MANIFEST_ANSWER,
    DEQUEUE,
    DEQUEUE_ANSWER,
    CLEAN_UP,
    CLEAN_UP_ANSWER;

    @Override
    public void arm() {
        FaultyStore.arm(this);
    }

    @Override
    public boolean hasFired() {
        return FaultyStore.hasFired();
    }

    @Override
    public void disarm() {
        FaultyStore.disarm();
    }

    @Override
    public void provoke(SoakRecords records, BatchPutter putter) throws Exception {
        if (needsParts()) {
            records.putOneLargeObject(putter);
        } else if (isOfSegments()) {
            records.putManySmallObjects(putter);
        }
    }

    @Override
    public String toString() {
        return "store failed at " + name();
    }

    /** Whether only an object of several parts comes by here. */
    boolean needsParts() {
        return compareTo(PART_ANSWER) <= 0 || this == COMPLETE || this == COMPLETE_ANSWER;
    }

    /** Whether only what is staged in segments comes by here. */
    boolean isOfSegments() {
        return compareTo(SEGMENT) >= 0 && compareTo(REMOVE_SEGMENT_ANSWER) <= 0;
    }

    /** Whether only what is loaded into a warehouse comes by here. */
    boolean isOfLoads() {
        return compareTo(QUEUE) >= 0;
    }
}
