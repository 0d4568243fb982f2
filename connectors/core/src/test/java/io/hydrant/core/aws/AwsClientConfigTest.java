package io.hydrant.core.aws;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AwsClientConfigTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(AwsClientConfig.from(new Configuration()))
                .isEqualTo(
                        new AwsClientConfig(
                                null,
                                null,
                                new AwsCredentialsConfig(
                                        CredentialsProviderKind.AUTO,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        "hydrant",
                                        null,
                                        null,
                                        null),
                                false,
                                50,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:4566", "ftp://example.com", "http://", "http://a b", "kinesis"})
    void refusesAnEndpointThatIsNoUrl(String endpoint) {
        assertThatThrownBy(() -> read(Map.of("aws.endpoint", endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "aws.endpoint is '" + endpoint + "'; it must be a URL such as");
    }

    @ParameterizedTest
    @CsvSource({
        "BASIC, aws.credentials.provider = BASIC needs aws.credentials.basic.accesskeyid",
        "ASSUME_ROLE, aws.credentials.provider = ASSUME_ROLE needs aws.credentials.role.arn"
    })
    void namesWhatAProviderLacks(String provider, String message) {
        assertThatThrownBy(() -> read(Map.of("aws.credentials.provider", provider)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void takesAKeyThatIsGivenWithoutAKind() {
        Map<String, String> key =
                Map.of(
                        "aws.credentials.basic.accesskeyid", "AKIA",
                        "aws.credentials.basic.secretkey", "hush");
        Map<String, String> keyAndKind = new HashMap<>(key);
        keyAndKind.put("aws.credentials.provider", "AUTO");

        assertThat(read(key).credentials().kind()).isEqualTo(CredentialsProviderKind.BASIC);
        assertThat(read(keyAndKind).credentials().kind()).isEqualTo(CredentialsProviderKind.AUTO);
    }

    @Test
    void refusesHalfAKeyPair() {
        assertThatThrownBy(() -> read(Map.of("aws.credentials.basic.accesskeyid", "AKIA")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aws.credentials.basic.secretkey");
    }

    @ParameterizedTest
    @CsvSource({
        "aws.http-client.max-concurrency, 0",
        "aws.http-client.read-timeout, 0 s",
        "aws.http-client.connection-timeout, 0 s"
    })
    void refusesWhatIsOutOfRange(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " is ");
    }

    @Test
    void neverPrintsASecret() {
        AwsClientConfig config =
                AwsClientConfig.forEndpoint(
                        URI.create("http://localhost:1"), "eu-west-1", "AKIA", "s3cr3t");

        assertThat(config.toString()).doesNotContain("s3cr3t").contains("BASIC");
    }

    @Test
    void travelsWithAJobGraph() throws Exception {
        AwsClientConfig config =
                read(Map.of("aws.endpoint", "https://example.com", "aws.protocol.cbor", "false"));

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }

    @Test
    void takesTheRegionOfAnArnOnlyWhereNoneIsGiven() {
        assertThat(read(Map.of()).withDefaultRegion("eu-west-1").region()).isEqualTo("eu-west-1");
        assertThat(read(Map.of("aws.region", "us-east-1")).withDefaultRegion("eu-west-1").region())
                .isEqualTo("us-east-1");
    }

    private static AwsClientConfig read(Map<String, String> options) {
        return AwsClientConfig.from(Configuration.fromMap(options));
    }
}
