package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link TransformOperator} of each task. */
final class TransformOperatorFactory extends AbstractStreamOperatorFactory<DeliveryRecord>
        implements OneInputStreamOperatorFactory<Envelope, DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    private final TransformConfig config;
    private final ProcessingConfig processing;
    private final BatchTransformFactory batches;
    private final String deliveryStream;

    TransformOperatorFactory(
            TransformConfig config, ProcessingConfig processing, BatchTransformFactory batches) {
        this(config, processing, batches, null);
    }

    TransformOperatorFactory(
            TransformConfig config,
            ProcessingConfig processing,
            BatchTransformFactory batches,
            String deliveryStream) {
        this.deliveryStream = deliveryStream;
        this.config = config;
        this.processing = processing;
        this.batches = batches;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    @SuppressWarnings("unchecked") // as the interface has it
    public <T extends StreamOperator<DeliveryRecord>> T createStreamOperator(
            StreamOperatorParameters<DeliveryRecord> parameters) {
        return (T) new TransformOperator(parameters, config, processing, batches, deliveryStream);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return TransformOperator.class;
    }
}
