package io.hydrant.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

import java.util.regex.Pattern;

/**
 * Judges which metrics are Firehose's, and in what they are counted.
 *
 * <p>Within the group of a delivery stream those are the ones that begin with a capital letter;
 * Flink's own and Hydrant's own do not. Of the source, which knows of no delivery stream, they are
 * known by name.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch metrics".
 */
final class MetricUnits {

    private static final Pattern OF_SOURCE =
            Pattern.compile(
                    "DataReadFromKinesisStream\\..*|KinesisMillisBehindLatest|ThrottledGet.*");

    private MetricUnits() {}

    static boolean isOfDeliveryStream(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    static boolean isOfSource(String name) {
        return OF_SOURCE.matcher(name).matches();
    }

    static StandardUnit of(String name) {
        if (name.endsWith(".DataFreshness")) {
            return StandardUnit.SECONDS;
        }
        if (name.endsWith(".Duration") || name.equals("KinesisMillisBehindLatest")) {
            return StandardUnit.MILLISECONDS;
        }
        if (name.equals("PerPartitionThroughput")) {
            return StandardUnit.BYTES_SECOND;
        }
        if (name.endsWith("Bytes") || name.contains("Bytes.")) {
            return StandardUnit.BYTES;
        }
        boolean isShare =
                name.endsWith(".Success") && !name.startsWith("OutputDecompressedRecords");
        return isShare ? StandardUnit.NONE : StandardUnit.COUNT;
    }
}
