package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

/** Emits records with their arrival time as their timestamp, and leaves out known copies. */
final class EnvelopeEmitter implements RecordEmitter<Envelope, Envelope, SplitProgress> {

    private final Counter bytesIn;
    private final CurrentStamp currentStamp;
    private final ReaderMetrics metrics;

    EnvelopeEmitter(Counter bytesIn, CurrentStamp currentStamp, ReaderMetrics metrics) {
        this.bytesIn = bytesIn;
        this.currentStamp = currentStamp;
        this.metrics = metrics;
    }

    @Override
    public void emitRecord(Envelope record, SourceOutput<Envelope> output, SplitProgress progress) {
        if (progress.isFirst(record, currentStamp.take())) {
            output.collect(record, record.arrivalMillis());
        } else {
            metrics.leftCopyOut();
        }
        progress.emitted(record);
        bytesIn.inc(record.payloadLength());
    }
}
