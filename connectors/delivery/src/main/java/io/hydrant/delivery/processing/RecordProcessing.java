package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;

import org.apache.flink.util.Collector;

import java.time.Clock;

/**
 * Does to a record what Firehose's processors do, in its order, around a transform that answers at
 * once.
 *
 * <pre>
 *   unpacking ─> transform ─> completion
 *       └────────────┴────────────┴──> dead letter
 * </pre>
 *
 * <p>A record that is one goes to the dead letter as the source gave it, so compressed where it
 * was; of one that was taken apart only the part that failed goes there.
 *
 * <p>Source: Firehose developer guide, "Data delivery" and "Apply dynamic partitioning to
 * aggregated data". Unlike there, a record may hold any number of records. Not thread-safe.
 */
public final class RecordProcessing {

    /** The transform, which never fails but for an interruption. */
    @FunctionalInterface
    public interface Transform {

        /** What becomes of a record. */
        TransformResult apply(Envelope record) throws InterruptedException;
    }

    private final Transform transform;
    private final RecordUnpacking unpacking;
    private final RecordCompletion completion;
    private final Transforming transforming = new Transforming();

    /** The steps that the configuration asks for, around a transform. */
    public RecordProcessing(ProcessingConfig config, Transform transform, Clock clock) {
        this.transform = transform;
        this.unpacking = new RecordUnpacking(config, clock);
        this.completion = new RecordCompletion(config, clock);
    }

    /** Gives what becomes of the record to {@code out}: its parts, in their order, at least one. */
    public void process(Envelope record, Collector<DeliveryRecord> out)
            throws InterruptedException {
        transforming.out = out;
        unpacking.unpack(record, transforming);
    }

    /** Transforms and completes every piece on the spot. */
    private final class Transforming implements RecordUnpacking.Pieces {

        private Collector<DeliveryRecord> out;

        @Override
        public void piece(Envelope record, Envelope original, int index, boolean isLast)
                throws InterruptedException {
            completion.complete(record, original, isLast, transform.apply(record), out);
        }

        @Override
        public void judged(DeliveryRecord record) {
            out.collect(record);
        }
    }
}
