package io.hydrant.jobs.gateway.document;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Objects;

/**
 * A delivery stream that clients put into.
 *
 * @param name its name
 * @param stream the Kinesis stream behind it
 * @param aws how that is reached
 * @param version version of its configuration
 * @param destination the destination as DescribeDeliveryStream shows it, without secrets
 */
public record ServedStream(
        String name, StreamArn stream, AwsClientConfig aws, String version, JsonNode destination) {

    /** Validates that nothing is missing. */
    public ServedStream {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(destination, "destination");
    }

    /** Its ARN; region and account are those of the Kinesis stream. */
    public String arn() {
        return "arn:%s:firehose:%s:%s:deliverystream/%s"
                .formatted(stream.partition(), stream.region(), stream.account(), name);
    }
}
