package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryJobTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

    @Test
    void makesTheJobOfAConfiguration() {
        assertThat(run("--config", Examples.FLIGHTS)).isTrue();

        assertThat(env.getStreamGraph().getJobName()).isEqualTo("deliver hydrant-demo-flights");
        assertThat(printed())
                .startsWith("Note: execution.checkpointing.dir is not set here.")
                .contains("add -Dexecution.checkpointing.dir=s3://bucket/checkpoints");
    }

    @Test
    void keepsTheNameThatFlinkWasGiven() {
        env.configure(new Configuration().set(PipelineOptions.NAME, "mine"));

        run("--config", Examples.FLIGHTS);

        assertThat(env.getStreamGraph().getJobName()).isEqualTo("mine");
    }

    @Test
    void printsThePlanAndMakesNoJobInADryRun() {
        assertThat(run("--config", Examples.FLIGHTS, "--dry-run")).isFalse();

        assertThat(printed())
                .startsWith("delivery stream  hydrant-demo-flights, version 1\n")
                .contains(
                        "object           flights/2026/11/21/12/hydrant-demo-flights-1-2026-11-21-12-00-00-");
        assertThat(env.getTransformations()).isEmpty();
    }

    @Test
    void printsTheUsage() {
        assertThat(run("--help")).isFalse();

        assertThat(printed())
                .contains("flink run hydrant-delivery.jar --config stream.json")
                .contains("property group HydrantDelivery");
    }

    @Test
    void asksForAConfigurationWhereThereIsNone() {
        assertThatThrownBy(this::run)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("arguments: 1 problem\n  --config: is missing; --help says more");
    }

    @Test
    void readsThePropertyGroupOfManagedServiceForApacheFlink() throws IOException {
        Files.writeString(
                folder.resolve("properties.json"),
                """
                [{"PropertyGroupId": "HydrantDelivery", "PropertyMap": {
                    "DeliveryStreamName": "clicks",
                    "KinesisStreamSourceConfiguration.KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                    "ExtendedS3DestinationConfiguration.BucketARN": "arn:aws:s3:::lake",
                    "ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs": "64",
                    "ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds": "60",
                    "source.init.position": "TRIM_HORIZON",
                    "parallelism": "4"}}]
                """);

        assertThat(run()).isTrue();

        assertThat(env.getStreamGraph().getJobName()).isEqualTo("deliver clicks");
        assertThat(env.getParallelism()).isEqualTo(4);
        assertThat(env.getConfig().getGlobalJobParameters().toMap())
                .containsEntry("delivery.buffer.size", "64 mb")
                .containsEntry("source.init.position", "TRIM_HORIZON");
    }

    @Test
    void refusesATransformThatIsNotThereBeforeTheJobStarts() {
        assertThatThrownBy(
                        () ->
                                run(
                                        "--config",
                                        Examples.FLIGHTS,
                                        "--set",
                                        "delivery.transform.class=com.example.Absent"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("'com.example.Absent' is not on the class path");
    }

    private boolean run(String... args) {
        Clock noon = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return new DeliveryJob(
                        folder.resolve("properties.json"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        noon)
                .addTo(env, List.of(args));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
