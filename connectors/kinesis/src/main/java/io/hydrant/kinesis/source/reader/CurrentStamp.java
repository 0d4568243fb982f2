package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.aggregation.ProducerStamp;

/**
 * The stamp of the record that is emitted next. Flink takes a record from its batch and emits it in
 * one step of the task's thread, so the batch leaves the stamp here for the emitter, and records
 * need no wrapper.
 *
 * <p>Used by the task's thread alone.
 */
final class CurrentStamp {

    private ProducerStamp stamp;

    void set(ProducerStamp ofNextRecord) {
        stamp = ofNextRecord;
    }

    /** The stamp, once; null where the record has none. */
    ProducerStamp take() {
        ProducerStamp taken = stamp;
        stamp = null;
        return taken;
    }
}
