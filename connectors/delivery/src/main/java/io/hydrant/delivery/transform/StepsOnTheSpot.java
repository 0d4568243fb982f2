package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.RecordProcessing;

import org.apache.flink.util.Collector;

import java.time.Clock;

/** Steps around a transform that answers at once. */
final class StepsOnTheSpot implements TransformSteps {

    private final RecordTransform transform;
    private final RecordProcessing steps;

    StepsOnTheSpot(RecordTransform transform, ProcessingConfig processing, Clock clock) {
        this.transform = transform;
        this.steps =
                new RecordProcessing(processing, new GuardedTransform(transform, clock), clock);
    }

    @Override
    public void process(Envelope record, Collector<DeliveryRecord> out)
            throws InterruptedException {
        steps.process(record, out);
    }

    @Override
    public void finish(Collector<DeliveryRecord> out) {
        // Nothing is ever left.
    }

    @Override
    public void close() throws Exception {
        transform.close();
    }
}
