package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The transform, and the steps around it, as one operator of a job: every record in gives one
 * record out or its parts, which say where they go.
 *
 * <p>Metrics: {@code SucceedProcessing.Records} and {@code .Bytes} under Firehose's names, and
 * {@code DroppedProcessing.Records} and {@code FailedProcessing.Records} in its manner.
 *
 * <p>Exactly once: records that a {@link BatchTransform} has at a checkpoint are in the state and
 * transformed again after a restore. A job may go on from a savepoint with another transform; what
 * was pending then goes through the new one. In order per shard, unless the parallelism changes.
 */
public final class TransformStep {

    /** Name and uid of the operator, which never change. */
    public static final String NAME = "transform";

    private final TransformConfig config;
    private final ProcessingConfig processing;
    private final BatchTransformFactory batches;
    private final String deliveryStream;

    private TransformStep(
            TransformConfig config,
            ProcessingConfig processing,
            BatchTransformFactory batches,
            String deliveryStream) {
        this.deliveryStream = deliveryStream;
        this.config = config;
        this.processing = processing;
        this.batches = batches;
    }

    /**
     * The user's own class as the transform. One instance of it is made on the spot, so that a
     * class that cannot be used is refused before the job starts.
     *
     * @param loader where the class is looked for on the spot; tasks use their own
     * @throws IllegalArgumentException saying what is wrong with the class and how to mend it
     */
    public static TransformStep of(
            TransformConfig config, ProcessingConfig processing, ClassLoader loader) {
        config.instantiate(loader);
        return new TransformStep(config, processing, null, null);
    }

    /** Batches as the transform. */
    public static TransformStep of(BatchTransformFactory batches, ProcessingConfig processing) {
        return new TransformStep(TransformConfig.NONE, processing, batches, null);
    }

    /** The same with metrics that bear the name of the delivery stream. */
    public TransformStep forStream(String name) {
        return new TransformStep(config, processing, batches, name);
    }

    /** Adds the operator behind a stream of records. */
    public SingleOutputStreamOperator<DeliveryRecord> addTo(DataStream<Envelope> records) {
        return records.transform(
                        NAME,
                        DeliveryRecordTypeInformation.INSTANCE,
                        new TransformOperatorFactory(config, processing, batches, deliveryStream))
                .uid(NAME);
    }
}
