package io.hydrant.cloudwatch;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Makes a {@link CloudWatchReporter} of what Flink's configuration has under {@code
 * metrics.reporter.<name>}: {@code namespace}, and the {@code aws.*} options of every client of
 * Hydrant.
 */
public final class CloudWatchReporterFactory implements MetricReporterFactory {

    static final String NAMESPACE = "namespace";
    static final String DEFAULT_NAMESPACE = "Hydrant";

    @Override
    public CloudWatchReporter createMetricReporter(Properties properties) {
        Map<String, String> options = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("aws.")) {
                options.put(name, properties.getProperty(name));
            }
        }
        AwsClientConfig aws = AwsClientConfig.from(Configuration.fromMap(options));
        return new CloudWatchReporter(
                new CloudWatchMetrics(
                        AwsClients.create(CloudWatchClient.builder(), aws),
                        namespace(properties.getProperty(NAMESPACE, DEFAULT_NAMESPACE))),
                Clock.systemUTC());
    }

    /** Source: CloudWatch API reference, PutMetricData. */
    private static String namespace(String name) {
        if (name.startsWith("AWS/") || !name.matches("[0-9A-Za-z.\\-_/#:]{1,255}")) {
            throw new IllegalArgumentException(
                    NAMESPACE
                            + " is '"
                            + name
                            + "'; it must be 1 to 255 letters, digits and . - _ / # : and not begin with AWS/, which is AWS' own");
        }
        return name;
    }
}
