package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.RecordCompletion;
import io.hydrant.delivery.processing.RecordUnpacking;

import org.apache.flink.util.Collector;

import java.io.IOException;
import java.time.Clock;

/** Steps around a transform of batches, one batch after the other; only their size ends them. */
final class StepsInBatches implements TransformSteps {

    private final BatchTransform transform;
    private final RecordUnpacking unpacking;
    private final RecordCompletion completion;
    private final BatchQueue queue;

    StepsInBatches(
            BatchTransform transform,
            BatchLimits limits,
            ProcessingConfig processing,
            Clock clock) {
        this.transform = transform;
        this.unpacking = new RecordUnpacking(processing, clock);
        this.completion = new RecordCompletion(processing, clock);
        this.queue = new BatchQueue(limits, transform::requestBytes);
    }

    @Override
    public void process(Envelope record, Collector<DeliveryRecord> out)
            throws IOException, InterruptedException {
        unpacking.unpack(
                record,
                new RecordUnpacking.Pieces() {
                    @Override
                    public void piece(
                            Envelope piece, Envelope original, int index, boolean isLast) {
                        queue.add(PendingRecord.piece(piece, original, index, isLast));
                    }

                    @Override
                    public void judged(DeliveryRecord judged) {
                        out.collect(judged);
                    }
                });
        transformBatches(out);
    }

    @Override
    public void finish(Collector<DeliveryRecord> out) throws IOException, InterruptedException {
        queue.closeBatch();
        transformBatches(out);
    }

    private void transformBatches(Collector<DeliveryRecord> out)
            throws IOException, InterruptedException {
        for (RecordBatch batch = queue.start(); batch != null; batch = queue.start()) {
            batch.finish(transform.transform(batch.envelopes()));
            queue.pollFinished();
            for (int i = 0; i < batch.records().size(); i++) {
                PendingRecord each = batch.records().get(i);
                completion.complete(
                        each.record(), each.original(), each.isLast(), batch.results().get(i), out);
            }
        }
    }

    @Override
    public void close() throws Exception {
        transform.close();
    }
}
