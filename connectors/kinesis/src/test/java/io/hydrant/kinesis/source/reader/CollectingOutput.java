package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader emits, with its timestamps. */
final class CollectingOutput implements ReaderOutput<Envelope> {

    private final List<Envelope> records = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();

    List<Envelope> records() {
        return records;
    }

    List<Long> timestamps() {
        return timestamps;
    }

    @Override
    public void collect(Envelope record) {
        throw new UnsupportedOperationException("Every record has a timestamp");
    }

    @Override
    public void collect(Envelope record, long timestamp) {
        records.add(record);
        timestamps.add(timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new UnsupportedOperationException("The source makes no watermarks of its own");
    }

    @Override
    public void markIdle() {
        // Nothing waits for this output.
    }

    @Override
    public void markActive() {
        // Nothing waits for this output.
    }

    @Override
    public SourceOutput<Envelope> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // One output serves all splits.
    }
}
