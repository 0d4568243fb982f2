package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.util.Collector;

import java.io.IOException;
import java.time.Clock;

/**
 * A transform, opened, and the steps around it: what a task of {@link TransformStep} does, without
 * Flink, on the caller's thread. Not thread-safe.
 */
public interface TransformSteps extends AutoCloseable {

    /**
     * Makes and opens a transform of the user's own class.
     *
     * @param loader where its class is looked for
     * @throws Exception as its {@link RecordTransform#open} throws it
     */
    static TransformSteps open(
            TransformConfig config,
            ProcessingConfig processing,
            ClassLoader loader,
            TransformContext context,
            Clock clock)
            throws Exception {
        RecordTransform transform = config.instantiate(loader);
        TransformSteps steps = new StepsOnTheSpot(transform, processing, clock);
        transform.open(context);
        return steps;
    }

    /** Makes and opens a transform of batches. */
    static TransformSteps open(
            BatchTransformFactory batches,
            ProcessingConfig processing,
            TransformContext context,
            Clock clock)
            throws Exception {
        return new StepsInBatches(batches.open(context), batches.limits(), processing, clock);
    }

    /**
     * Takes a record and gives to {@code out} what became of this one or of others before it; each
     * carries its own arrival.
     *
     * @throws IOException where no record can be transformed
     */
    void process(Envelope record, Collector<DeliveryRecord> out)
            throws IOException, InterruptedException;

    /**
     * Gives to {@code out} what is left.
     *
     * @throws IOException where no record can be transformed
     */
    void finish(Collector<DeliveryRecord> out) throws IOException, InterruptedException;

    @Override
    void close() throws Exception;
}
