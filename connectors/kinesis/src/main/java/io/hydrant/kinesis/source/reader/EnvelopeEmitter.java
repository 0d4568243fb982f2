package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

/** Emits records with their arrival time as their timestamp. */
final class EnvelopeEmitter implements RecordEmitter<Envelope, Envelope, SplitProgress> {

    private final Counter bytesIn;

    EnvelopeEmitter(Counter bytesIn) {
        this.bytesIn = bytesIn;
    }

    @Override
    public void emitRecord(Envelope record, SourceOutput<Envelope> output, SplitProgress progress) {
        output.collect(record, record.arrivalMillis());
        progress.emitted(record);
        bytesIn.inc(record.payloadLength());
    }
}
