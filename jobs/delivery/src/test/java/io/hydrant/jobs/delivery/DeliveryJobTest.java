package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
    void refusesAReplayOfWhatTheLedgerHas() throws Exception {
        try (FakeS3 s3 = FakeS3.start()) {
            String bucket = "hydrant-demo";
            TestS3.put(s3, bucket, "_hydrant/ledger/hydrant-demo-flights/a.jsonl", "");
            List<String> replay =
                    new ArrayList<>(
                            List.of("--config", Examples.FLIGHTS, "--from", "TRIM_HORIZON"));
            TestS3.options(s3)
                    .toMap()
                    .forEach((key, value) -> replay.addAll(List.of("--set", key + '=' + value)));
            String[] args = replay.toArray(new String[0]);
            assertThat(run(args)).isTrue();

            try (S3Client client = TestS3.client(s3)) {
                String line = ledgerLine();
                client.putObject(
                        r -> r.bucket(bucket).key("_hydrant/ledger/hydrant-demo-flights/b.jsonl"),
                        RequestBody.fromString(line));
            }
            assertThatThrownBy(() -> run(args))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(
                            "--from: the ledger s3://hydrant-demo/_hydrant/ledger/hydrant-demo-flights/ has 1 records of it in 1 entries already")
                    .hasMessageContaining("flink run -s CHECKPOINT")
                    .hasMessageContaining("ends there (--to 2026-01-01T00:00:00Z)")
                    .hasMessageContaining("replay.allow-overlap=true");

            replay.addAll(List.of("--to", "2026-01-01T00:00:00Z"));
            assertThat(run(replay.toArray(new String[0]))).isTrue();
            replay.set(replay.size() - 1, "2026-01-01T00:00:00.001Z");
            replay.addAll(List.of("--set", "replay.allow-overlap=true"));
            assertThat(run(replay.toArray(new String[0]))).isTrue();
            env.configure(
                    new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/chk-1"));
            assertThat(run(args)).isTrue();
        }
    }

    @Test
    void aReplayOfTheSameIdDeliversNothingTwice() throws Exception {
        try (FakeS3 s3 = FakeS3.start()) {
            String bucket = "hydrant-demo";
            TestS3.put(
                    s3,
                    bucket,
                    "_hydrant/ledger/hydrant-demo-flights-replay-again/a.jsonl",
                    ledgerLine());
            List<String> replay =
                    new ArrayList<>(
                            List.of("--config", Examples.FLIGHTS, "--from", "TRIM_HORIZON"));
            TestS3.options(s3)
                    .toMap()
                    .forEach((key, value) -> replay.addAll(List.of("--set", key + '=' + value)));
            assertThat(run(replay.toArray(new String[0]))).isTrue();

            replay.add("--replay-id=again");
            assertThatThrownBy(() -> run(replay.toArray(new String[0])))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(
                            "hydrant-demo-flights-replay-again/ has 1 records of it in 1 entries already")
                    .hasMessageContaining("has an id of its own (--replay-id)");

            replay.set(replay.size() - 1, "--replay-id=third");
            assertThat(run(replay.toArray(new String[0]))).isTrue();
        }
    }

    private static String ledgerLine() throws IOException {
        LedgerTally tally = new LedgerTally();
        tally.add(
                new Envelope(
                        "hydrant-demo-flights",
                        "shardId-000000000000",
                        "1",
                        0,
                        "k",
                        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
                        new byte[1],
                        0,
                        1));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        LedgerLine.write(
                LedgerEntry.ofObject(
                        UUID.randomUUID(), EntryKind.DATA, "s3://b/k", 1, 1, tally, "d", "1"),
                line);
        return line.toString(StandardCharsets.UTF_8);
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
