package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

/**
 * Emits records with their arrival time as their timestamp, and leaves out known copies. Markers of
 * what was lost move the state on, and are emitted to who asked for them, without a timestamp: they
 * are no events.
 */
final class EnvelopeEmitter implements RecordEmitter<Envelope, Envelope, SplitProgress> {

    private final Counter bytesIn;
    private final CurrentStamp currentStamp;
    private final ReaderMetrics metrics;
    private final boolean lossMarkers;

    /**
     * An emitter.
     *
     * @param lossMarkers whether markers of what was lost are emitted
     */
    EnvelopeEmitter(
            Counter bytesIn,
            CurrentStamp currentStamp,
            ReaderMetrics metrics,
            boolean lossMarkers) {
        this.bytesIn = bytesIn;
        this.currentStamp = currentStamp;
        this.metrics = metrics;
        this.lossMarkers = lossMarkers;
    }

    @Override
    public void emitRecord(Envelope record, SourceOutput<Envelope> output, SplitProgress progress) {
        ProducerStamp stamp = currentStamp.take();
        if (LostRange.isMarker(record)) {
            progress.lost(LostRange.of(record));
            if (lossMarkers) {
                output.collect(record, TimestampAssigner.NO_TIMESTAMP);
            }
            return;
        }
        if (progress.isFirst(record, stamp)) {
            output.collect(record, record.arrivalMillis());
        } else {
            metrics.leftCopyOut();
        }
        progress.emitted(record);
        bytesIn.inc(record.payloadLength());
    }
}
