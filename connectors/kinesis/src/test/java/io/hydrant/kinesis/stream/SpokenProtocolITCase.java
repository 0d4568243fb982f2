package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.kinesalite.Kinesalite;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers that others have written. */
@LocalStackTest
class SpokenProtocolITCase {

    @Test
    void speaksJsonToKinesalite() throws Exception {
        try (Kinesalite kinesalite = Kinesalite.start()) {
            AwsClientConfig config =
                    AwsClientConfig.forEndpoint(kinesalite.endpoint(), "us-east-1", "any", "any");
            try (KinesisClient json = KinesisClients.withRetries(config.withCbor(false))) {
                json.createStream(r -> r.streamName("any").shardCount(1));
            }

            assertThat(SpokenProtocol.in(config).cbor()).isFalse();
        }
    }

    @Test
    void speaksCborToLocalStack(LocalStack localStack) {
        AwsClientConfig config =
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
        try (KinesisClient json = KinesisClients.withRetries(config.withCbor(false))) {
            json.createStream(r -> r.streamName("spoken-protocol").shardCount(1));
            json.waiter().waitUntilStreamExists(r -> r.streamName("spoken-protocol"));

            assertThat(SpokenProtocol.in(config).cbor()).isTrue();
            json.deleteStream(r -> r.streamName("spoken-protocol"));
        }
    }
}
