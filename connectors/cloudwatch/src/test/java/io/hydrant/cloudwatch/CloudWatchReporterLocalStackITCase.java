package io.hydrant.cloudwatch;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reporter as Flink finds it, and what CloudWatch has of it. */
@LocalStackTest
class CloudWatchReporterLocalStackITCase {

    private final LocalStack localStack;
    private final String stream = "s-" + UUID.randomUUID();

    CloudWatchReporterLocalStackITCase(LocalStack localStack) {
        this.localStack = localStack;
    }

    @Test
    void bringsMetricsToCloudWatch() {
        Counter records = new SimpleCounter();
        CloudWatchReporter reporter =
                (CloudWatchReporter) factory().createMetricReporter(properties("Hydrant/Test"));
        reporter.notifyOfAddedMetric(records, "DeliveryToS3.Records", group());
        records.inc(40);
        reporter.report();
        records.inc(2);
        reporter.close();

        try (CloudWatchClient client =
                AwsClients.create(
                        CloudWatchClient.builder(),
                        AwsClientConfig.forEndpoint(
                                localStack.endpoint(),
                                localStack.region(),
                                localStack.accessKey(),
                                localStack.secretKey()))) {
            Conditions.until(
                    Duration.ofSeconds(30), "both reports", () -> sum(points(client)) == 42);
            assertThat(points(client))
                    .allSatisfy(point -> assertThat(point.unit()).isEqualTo(StandardUnit.COUNT));
        }
    }

    @Test
    void refusesANamespaceThatIsNotOurs() {
        assertThatThrownBy(() -> factory().createMetricReporter(properties("AWS/Firehose")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("namespace is 'AWS/Firehose'");
    }

    private List<Datapoint> points(CloudWatchClient client) {
        Instant now = Instant.now();
        return client.getMetricStatistics(
                        request ->
                                request.namespace("Hydrant/Test")
                                        .metricName("DeliveryToS3.Records")
                                        .dimensions(
                                                Dimension.builder()
                                                        .name("DeliveryStreamName")
                                                        .value(stream)
                                                        .build())
                                        .startTime(now.minusSeconds(600))
                                        .endTime(now.plusSeconds(60))
                                        .period(60)
                                        .statistics(Statistic.SUM))
                .datapoints();
    }

    private static double sum(List<Datapoint> points) {
        return points.stream().mapToDouble(Datapoint::sum).sum();
    }

    private static MetricReporterFactory factory() {
        return ServiceLoader.load(MetricReporterFactory.class).stream()
                .filter(provider -> provider.type() == CloudWatchReporterFactory.class)
                .findFirst()
                .orElseThrow()
                .get();
    }

    private Properties properties(String namespace) {
        Properties properties = new Properties();
        properties.setProperty("namespace", namespace);
        properties.setProperty("interval", "60 s");
        properties.setProperty("aws.endpoint", localStack.endpoint().toString());
        properties.setProperty("aws.region", localStack.region());
        properties.setProperty("aws.credentials.provider", "BASIC");
        properties.setProperty("aws.credentials.basic.accesskeyid", localStack.accessKey());
        properties.setProperty("aws.credentials.basic.secretkey", localStack.secretKey());
        return properties;
    }

    private MetricGroup group() {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return Map.of("<" + DeliveryStreamMetrics.DIMENSION + ">", stream);
            }
        };
    }
}
