package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@LocalStackTest
class StreamDirectoryLocalStackITCase {

    private final LocalStack localStack;
    private final UniqueNames names;

    StreamDirectoryLocalStackITCase(LocalStack localStack, UniqueNames names) {
        this.localStack = localStack;
        this.names = names;
    }

    @Test
    void findsStreamsByNameAndByPattern() {
        String orders = names.newStream("orders", 1);
        String clicks = names.newStream("clicks", 2);
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
        try (StreamDirectory directory = SdkStreamDirectory.factory(aws).open();
                StreamApi api = RegionalStreamApi.factory(aws, RecordDecoding.SDK).open()) {
            StreamArn arn = directory.arnOf(orders);

            assertThat(arn.stream()).isEqualTo(orders);
            assertThat(directory.matching(Pattern.compile(Pattern.quote(orders) + "|nothing")))
                    .containsExactly(arn);
            assertThat(directory.matching(Pattern.compile(".*")))
                    .contains(arn, directory.arnOf(clicks));
            // LocalStack does not know the field, and the answer stays readable for the SDK.
            assertThat(directory.describe(arn).distribution())
                    .isEqualTo(RecordDistribution.UNKNOWN);
            assertThat(
                            api.listShards(directory.arnOf(clicks), new ShardSelection.Readable())
                                    .shards())
                    .hasSize(2);
            assertThatThrownBy(() -> directory.arnOf(names.stream("missing")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("missing");
        }
    }
}
