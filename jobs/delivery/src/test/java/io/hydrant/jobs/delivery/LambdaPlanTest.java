package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From the processor {@code Lambda} of a document to the plan. */
class LambdaPlanTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:enrich:live";

    private static final String PROCESSOR =
            """
            {"ParameterName": "LambdaArn", "ParameterValue": "%s"},
            {"ParameterName": "NumberOfRetries", "ParameterValue": "2"},
            {"ParameterName": "RoleArn", "ParameterValue": "arn:aws:iam::000000000000:role/enricher"},
            {"ParameterName": "BufferSizeInMBs", "ParameterValue": "0.2"},
            {"ParameterName": "BufferIntervalInSeconds", "ParameterValue": "30"}
            """
                    .formatted(ARN);

    @TempDir private Path folder;

    @Test
    void aProcessorBecomesTheOptionsOfTheFunction() throws Exception {
        DeliveryPlan plan = plan("clicks/", PROCESSOR);

        assertThat(plan.lambda()).isNotNull();
        assertThat(plan.lambda().limits().targetBytes()).isEqualTo(209_715);
        assertThat(plan.options())
                .filteredOn(option -> option.key().startsWith("lambda."))
                .extracting(option -> option.key() + "=" + option.value())
                .contains(
                        "lambda.buffer.interval=30 s",
                        "lambda.buffer.size=209715 bytes",
                        "lambda.function-arn=" + ARN,
                        "lambda.retries=2");
    }

    @Test
    void withoutAProcessorThereIsNoFunction() {
        assertThat(DeliveryPlan.of(List.of("--config", Examples.FLIGHTS)).lambda()).isNull();
    }

    @Test
    void saysWhichRoleIsNotAssumed() throws Exception {
        assertThat(plan("clicks/", PROCESSOR).notices())
                .anyMatch(
                        notice ->
                                notice.startsWith(
                                        "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors[0].Parameters[2].ParameterValue: is not assumed"));
    }

    @Test
    void aFunctionGivesTheKeysOfThePrefix() throws Exception {
        DeliveryPlan plan =
                plan(
                        "customer=!{partitionKeyFromLambda:customer}/",
                        PROCESSOR,
                        "delivery.dynamic-partitioning=true");

        assertThat(plan.processing().needsKeysOfTransform()).isTrue();
    }

    @Test
    void refusesAFunctionBesideAClass() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        "clicks/",
                                        PROCESSOR,
                                        "delivery.transform.class=org.example.Mine"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("'org.example.Mine' and the function " + ARN)
                .hasMessageContaining("are both given");
    }

    @Test
    void refusesAFunctionBesideSql() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        "clicks/",
                                        PROCESSOR,
                                        "delivery.transform.select=SELECT payload FROM records"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("delivery.transform.select: the SQL and the function " + ARN)
                .hasMessageContaining("are both given");
    }

    private DeliveryPlan plan(String prefix, String parameters, String... settings)
            throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("stream.json"),
                        """
                        {"DeliveryStreamName": "clicks",
                         "DeliveryStreamType": "KinesisStreamAsSource",
                         "KinesisStreamSourceConfiguration": {
                           "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/clicks",
                           "RoleARN": "arn:aws:iam::000000000000:role/reads"},
                         "ExtendedS3DestinationConfiguration": {
                           "RoleARN": "arn:aws:iam::000000000000:role/writes",
                           "BucketARN": "arn:aws:s3:::lake",
                           "Prefix": "%s",
                           "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
                           "DynamicPartitioningConfiguration": {"Enabled": %s},
                           "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
                           "ProcessingConfiguration": {"Enabled": true, "Processors": [
                             {"Type": "Lambda", "Parameters": [%s]}]}}}
                        """
                                .formatted(prefix, prefix.contains("!{partition"), parameters));
        List<String> args = new ArrayList<>(List.of("--config", file.toString()));
        for (String setting : settings) {
            args.add("--set");
            args.add(setting);
        }
        return DeliveryPlan.of(args);
    }
}
