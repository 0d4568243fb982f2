package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.RecordProcessing;

import org.apache.flink.util.Collector;

import java.time.Clock;

/**
 * A transform, opened, and the steps around it: what a task of {@link TransformFunction} does,
 * without Flink. Not thread-safe.
 */
public final class TransformSteps implements AutoCloseable {

    private final RecordTransform transform;
    private final RecordProcessing steps;

    private TransformSteps(RecordTransform transform, RecordProcessing steps) {
        this.transform = transform;
        this.steps = steps;
    }

    /**
     * Makes and opens the transform.
     *
     * @param loader where its class is looked for
     * @throws Exception as its {@link RecordTransform#open} throws it
     */
    public static TransformSteps open(
            TransformConfig config,
            ProcessingConfig processing,
            ClassLoader loader,
            TransformContext context,
            Clock clock)
            throws Exception {
        RecordTransform transform = config.instantiate(loader);
        RecordProcessing steps =
                new RecordProcessing(processing, new GuardedTransform(transform, clock), clock);
        transform.open(context);
        return new TransformSteps(transform, steps);
    }

    /** Gives what becomes of the record to {@code out}. */
    public void process(Envelope record, Collector<DeliveryRecord> out)
            throws InterruptedException {
        steps.process(record, out);
    }

    @Override
    public void close() throws Exception {
        transform.close();
    }
}
