package io.hydrant.core.metrics;

import org.apache.flink.metrics.MetricGroup;

/**
 * The group that the metrics of a delivery stream are in, which carries its name as Firehose's
 * metrics do: reporters show {@value #DIMENSION} as a label or a dimension.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch metrics".
 */
public final class DeliveryStreamMetrics {

    /** Firehose's name of the dimension. */
    public static final String DIMENSION = "DeliveryStreamName";

    private DeliveryStreamMetrics() {}

    /** The delivery stream's group within that of an operator. */
    public static MetricGroup in(MetricGroup operator, String deliveryStream) {
        return operator.addGroup(DIMENSION, deliveryStream);
    }
}
