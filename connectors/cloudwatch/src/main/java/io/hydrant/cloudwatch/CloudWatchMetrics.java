package io.hydrant.cloudwatch;

import io.hydrant.core.metrics.DeliveryStreamMetrics;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

import java.time.Instant;
import java.util.List;

/** CloudWatch. */
final class CloudWatchMetrics implements MetricStore {

    private final CloudWatchClient client;
    private final String namespace;

    /** Over a client that it takes over. */
    CloudWatchMetrics(CloudWatchClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public void put(List<Datum> data, Instant time) {
        List<MetricDatum> values = data.stream().map(datum -> value(datum, time)).toList();
        client.putMetricData(request -> request.namespace(namespace).metricData(values));
    }

    private static MetricDatum value(Datum datum, Instant time) {
        return MetricDatum.builder()
                .metricName(datum.name())
                .dimensions(
                        Dimension.builder()
                                .name(DeliveryStreamMetrics.DIMENSION)
                                .value(datum.deliveryStream())
                                .build())
                .unit(datum.unit())
                .value(datum.value())
                .timestamp(time)
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
