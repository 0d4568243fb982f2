package io.hydrant.infra.stack;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

import java.util.Map;

/**
 * Metrics of CloudWatch by who writes them.
 *
 * <p>Source: Kinesis developer guide, "Monitor with CloudWatch"; Managed Service for Apache Flink
 * developer guide, "Metrics and dimensions"; S3 user guide, "Metrics and dimensions".
 */
final class Metrics {

    private Metrics() {}

    /** What Kinesis says of a stream, whoever reads and writes it. */
    static Metric ofStream(String name, String stream, String statistic, Duration period) {
        return metric("AWS/Kinesis", name, Map.of("StreamName", stream), statistic, period);
    }

    /** What connectors/cloudwatch says of a delivery stream. */
    static Metric ofDelivery(
            String namespace, String name, String delivery, String statistic, Duration period) {
        return metric(namespace, name, Map.of("DeliveryStreamName", delivery), statistic, period);
    }

    /** What Managed Service for Apache Flink says of an application. */
    static Metric ofApplication(
            String name, String application, String statistic, Duration period) {
        return metric(
                "AWS/KinesisAnalytics",
                name,
                Map.of("Application", application),
                statistic,
                period);
    }

    /** What S3 says of the requests that a filter of the bucket takes in. */
    static Metric ofBucket(
            String name, String bucket, String filter, String statistic, Duration period) {
        return metric(
                "AWS/S3",
                name,
                Map.of("BucketName", bucket, "FilterId", filter),
                statistic,
                period);
    }

    private static Metric metric(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String statistic,
            Duration period) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(period)
                .build();
    }
}
