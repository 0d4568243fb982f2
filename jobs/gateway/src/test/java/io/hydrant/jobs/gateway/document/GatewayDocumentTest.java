package io.hydrant.jobs.gateway.document;

import io.hydrant.jobs.gateway.GatewayOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewayDocumentTest {

    private static final String ARN = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders-in";

    @TempDir private Path folder;

    @Test
    void aDocumentOfTheDeliveryJobIsADeliveryStreamToServe() throws Exception {
        Path file =
                file(
                        "orders.json",
                        """
                        {"DeliveryStreamName": "orders",
                         "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "%s", "RoleARN": "r"},
                         "RedshiftDestinationConfiguration": {"Username": "u", "Password": "geheim",
                             "ClusterJDBCURL": "jdbc:x"},
                         "Hydrant": {"aws.endpoint": "http://localhost:4566", "source.init.position": "LATEST"}}
                        """
                                .formatted(ARN));

        ServedStream stream =
                GatewayDocument.read(List.of(file), List.of()).streams().get("orders");

        assertThat(stream.stream().stream()).isEqualTo("orders-in");
        assertThat(stream.aws().endpoint()).isEqualTo(URI.create("http://localhost:4566"));
        assertThat(stream.aws().region()).isEqualTo("eu-west-1");
        assertThat(stream.arn())
                .isEqualTo("arn:aws:firehose:eu-west-1:111122223333:deliverystream/orders");
        assertThat(stream.destination())
                .hasToString(
                        "{\"RedshiftDestinationDescription\":{\"ClusterJDBCURL\":\"jdbc:x\"}}");
    }

    @Test
    void writesIntoTheStreamThatStandsBehindDirectPut() throws Exception {
        Path file =
                file(
                        "direct.json",
                        """
                        {"DeliveryStreamName": "orders", "DeliveryStreamType": "DirectPut",
                         "ExtendedS3DestinationConfiguration": {"BucketARN": "arn:aws:s3:::lake"},
                         "Hydrant": {"direct-put.stream": "%s"}}
                        """
                                .formatted(ARN));

        ServedStream stream =
                GatewayDocument.read(List.of(file), List.of()).streams().get("orders");

        assertThat(stream.stream()).hasToString(ARN);
    }

    @Test
    void aDescriptionIsOneToo() throws Exception {
        Path file =
                file(
                        "described.json",
                        """
                        {"DeliveryStreamDescription": {"DeliveryStreamName": "orders", "VersionId": "7",
                         "Source": {"KinesisStreamSourceDescription": {"KinesisStreamARN": "%s"}},
                         "Destinations": [{"DestinationId": "d", "S3DestinationDescription": {"Prefix": "p"}}]}}
                        """
                                .formatted(ARN));

        ServedStream stream =
                GatewayDocument.read(List.of(file), List.of()).streams().get("orders");

        assertThat(stream.version()).isEqualTo("7");
        assertThat(stream.destination().path("S3DestinationDescription").path("Prefix").asText())
                .isEqualTo("p");
    }

    @Test
    void aDocumentOfTheGatewayNamesStreamsAndOptions() throws Exception {
        Path file =
                file(
                        "gateway.json",
                        """
                        {"DeliveryStreams": [{"DeliveryStreamName": "a", "KinesisStreamARN": "%s"}],
                         "Hydrant": {"gateway.port": 9000, "gateway.put.linger": "20 ms"}}
                        """
                                .formatted(ARN));

        GatewayDocument document =
                GatewayDocument.read(List.of(file), List.of("gateway.port=9001"));

        assertThat(document.streams()).containsOnlyKeys("a");
        assertThat(document.options().get(GatewayOptions.PORT)).isEqualTo(9001);
        assertThat(document.options().get(GatewayOptions.PUT_LINGER)).hasMillis(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|not valid JSON",
                "[]|no JSON object",
                "{}|names no Kinesis stream",
                "{\"DeliveryStreams\": {}}|must be a list",
                "{\"DeliveryStreams\": [], \"Gateway\": 1}|'Gateway' is not known",
                "{\"DeliveryStreams\": [{\"DeliveryStreamName\": \"a b\"}]}|DeliveryStreamName is \"a b\"",
                "{\"DeliveryStreams\": [{\"DeliveryStreamName\": \"a\", \"KinesisStreamARN\": \"x\"}]}|'x' is no ARN",
                "{\"DeliveryStreams\": [{\"Name\": \"a\"}]}|DeliveryStreams[0]: 'Name' is not known",
                "{\"DeliveryStreams\": [], \"Hydrant\": {\"gateway.prot\": 1}}|'gateway.prot' is not an option",
                "{\"DeliveryStreams\": [], \"Hydrant\": {\"gateway.port\": \"x\"}}|a whole number",
                "{\"DeliveryStreams\": []}|no delivery stream to serve"
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) throws Exception {
        Path file = file("gateway.json", text);

        assertThatThrownBy(() -> GatewayDocument.read(List.of(file), List.of()).streams())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aNameStandsForOneStream() throws Exception {
        Path file =
                file(
                        "gateway.json",
                        "{\"DeliveryStreams\": [{\"DeliveryStreamName\": \"a\", \"KinesisStreamARN\": \"%s\"}]}"
                                .formatted(ARN));

        assertThatThrownBy(() -> GatewayDocument.read(List.of(file, file), List.of()).streams())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two delivery streams named 'a'");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
