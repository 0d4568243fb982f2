package io.hydrant.launcher.deploy;

import io.hydrant.jobs.delivery.DeliveryPlan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeploymentDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONFIG =
            """
            {"DeliveryStreamName": "orders",
             "KinesisStreamSourceConfiguration": {
               "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/in",
               "RoleARN": "arn:aws:iam::111122223333:role/reads"},
             "ExtendedS3DestinationConfiguration": {
               "RoleARN": "arn:aws:iam::111122223333:role/writes",
               "BucketARN": "arn:aws:s3:::lake",
               "Prefix": "data/",
               "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/"}}
            """;

    @TempDir private Path folder;

    @Test
    void saysWhatTheConfigurationSays() throws IOException {
        assertThat(DeploymentDocument.of(plan(), null))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"stream": {"name": "in"},
                                 "delivery": {"name": "orders", "fanOut": false,
                                   "streamArn": "arn:aws:kinesis:eu-west-1:111122223333:stream/in",
                                   "bucket": "lake", "tagsObjects": false,
                                   "errorPrefix": "failed/", "otherBuckets": []}}
                                """));
    }

    @Test
    void asksForEveryThingThatTheJobTouches() throws IOException {
        JsonNode delivery =
                DeploymentDocument.of(
                                plan(
                                        "source.reader.type=EFO",
                                        "source.efo.consumer.name=hydrant",
                                        "ledger.bucket=ledgers",
                                        "s3.tags=team:data",
                                        "s3.encryption.kms-key-arn=arn:aws:kms:eu-west-1:111122223333:key/1",
                                        "lambda.function-arn=arn:aws:lambda:eu-west-1:111122223333:function:clean"),
                                null)
                        .path("delivery");

        assertThat(delivery.path("fanOut").asBoolean()).isTrue();
        assertThat(delivery.path("otherBuckets").toString()).isEqualTo("[\"ledgers\"]");
        assertThat(delivery.path("tagsObjects").asBoolean()).isTrue();
        assertThat(delivery.path("bucketKmsKeyArn").asText())
                .isEqualTo("arn:aws:kms:eu-west-1:111122223333:key/1");
        assertThat(delivery.path("functionArn").asText())
                .isEqualTo("arn:aws:lambda:eu-west-1:111122223333:function:clean");
    }

    @Test
    void takesNoPrefixForThatOfErrorsWhichDataMayHave() throws IOException {
        JsonNode delivery =
                DeploymentDocument.of(
                                plan("ExtendedS3DestinationConfiguration.Prefix=failed/not/"), null)
                        .path("delivery");

        assertThat(delivery.has("errorPrefix")).isFalse();
    }

    @Test
    void mergesFieldByFieldAndLeavesOutWhatIsNull() throws IOException {
        JsonNode document =
                DeploymentDocument.of(
                        plan(),
                        JSON.readTree(
                                "{\"stream\": null, \"delivery\": {\"makesBucket\": false, \"errorPrefix\": null}}"));

        assertThat(document.has("stream")).isFalse();
        assertThat(document.path("delivery").path("makesBucket").asBoolean(true)).isFalse();
        assertThat(document.path("delivery").has("errorPrefix")).isFalse();
        assertThat(document.path("delivery").path("bucket").asText()).isEqualTo("lake");
    }

    @Test
    void refusesWhatIsNoObject() throws IOException {
        DeliveryPlan plan = plan();
        JsonNode list = JSON.readTree("[]");

        assertThatThrownBy(() -> DeploymentDocument.of(plan, list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--infra is no JSON object");
    }

    @Test
    void refusesWhatOneRoleIsNotEnoughFor() throws IOException {
        DeliveryPlan assuming = plan("aws.credentials.provider=ASSUME_ROLE");
        DeliveryPlan otherKey =
                plan(
                        "backup.mode=ENABLED",
                        "backup.bucket=raw",
                        "backup.encryption.kms-key-arn=arn:aws:kms:eu-west-1:111122223333:key/2");

        assertThatThrownBy(() -> DeploymentDocument.of(assuming, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aws.credentials.provider is ASSUME_ROLE");
        assertThatThrownBy(() -> DeploymentDocument.of(otherKey, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backup.encryption.kms-key-arn is another key");
    }

    private DeliveryPlan plan(String... settings) throws IOException {
        Path config = Files.writeString(folder.resolve("stream.json"), CONFIG);
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return DeliveryPlan.of(arguments);
    }
}
