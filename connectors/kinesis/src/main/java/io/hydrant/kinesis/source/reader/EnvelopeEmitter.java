package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

import java.time.Instant;

/**
 * Emits records with their arrival time as their timestamp, and leaves out known copies. Markers of
 * what was lost move the state on, and are emitted to who asked for them, without a timestamp: they
 * are no events. So are those of where reading began, of a read without end, which are emitted in
 * one step with the record that moves the state on.
 */
final class EnvelopeEmitter implements RecordEmitter<Envelope, Envelope, SplitProgress> {

    private final Counter bytesIn;
    private final CurrentStamp currentStamp;
    private final ReaderMetrics metrics;
    private final boolean markers;
    private final boolean bounded;

    /**
     * An emitter.
     *
     * @param markers whether markers are emitted
     * @param bounded whether reading ends, so that it goes on elsewhere
     */
    EnvelopeEmitter(
            Counter bytesIn,
            CurrentStamp currentStamp,
            ReaderMetrics metrics,
            boolean markers,
            boolean bounded) {
        this.bytesIn = bytesIn;
        this.currentStamp = currentStamp;
        this.metrics = metrics;
        this.markers = markers;
        this.bounded = bounded;
    }

    @Override
    public void emitRecord(Envelope record, SourceOutput<Envelope> output, SplitProgress progress) {
        ProducerStamp stamp = currentStamp.take();
        if (LostRange.isMarker(record)) {
            progress.lost(LostRange.of(record));
            if (markers) {
                output.collect(record, TimestampAssigner.NO_TIMESTAMP);
            }
            return;
        }
        Instant begin = markers && !bounded ? progress.begin() : null;
        if (begin != null) {
            output.collect(
                    ReadingBegin.at(record, begin.toEpochMilli()).marker(),
                    TimestampAssigner.NO_TIMESTAMP);
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
