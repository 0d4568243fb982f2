package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What passes the retention while a job is down, from the source to the ledger. */
class DeliveryLossITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STREAM = "hydrant-demo-flights";
    private static final String BUCKET = "hydrant-demo";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir private Path savepoints;

    @Test
    void theLedgerHasWhatWasLostBetweenWhatWasDelivered() throws Exception {
        try (FakeKinesis kinesis = FakeKinesis.start();
                FakeS3 s3 = FakeS3.start();
                KinesisClient client = client(kinesis);
                S3Client store = TestS3.client(s3)) {
            store.createBucket(r -> r.bucket(BUCKET));
            client.createStream(r -> r.streamName(STREAM).shardCount(1));
            String first = put(client);
            put(client);
            String held = put(client);
            // It reads the first record, and the next one not before the test is over.
            JobClient before =
                    start(
                            kinesis,
                            s3,
                            new Configuration(),
                            "source.shard.get-records.max-record-count=1",
                            "source.shard.get-records.interval=1 h");
            Conditions.until(PATIENCE, "the first record", () -> ledger(s3).size() == 1);
            String savepoint =
                    before.triggerSavepoint(
                                    savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get();
            before.cancel().get();
            kinesis.trimBefore(STREAM, shard(client), held);
            Configuration restored = new Configuration();
            restored.setString("execution.state-recovery.path", savepoint);

            JobClient after = start(kinesis, s3, restored);
            Conditions.until(
                    PATIENCE,
                    "the record that is held",
                    () -> {
                        assertThat(after.getJobStatus().get()).isNotEqualTo(JobStatus.FAILED);
                        return ledger(s3).size() == 3;
                    });
            after.cancel().get();

            List<LedgerEntry> entries = ledger(s3);
            assertThat(entries)
                    .extracting(LedgerEntry::kind)
                    .containsExactlyInAnyOrder(EntryKind.DATA, EntryKind.LOST, EntryKind.DATA);
            ShardTally lost =
                    entries.stream()
                            .filter(entry -> entry.kind() == EntryKind.LOST)
                            .findFirst()
                            .orElseThrow()
                            .shards()
                            .get(0);
            assertThat(lost.firstSequence()).isEqualTo(first);
            assertThat(lost.lastSequence()).isEqualTo(held);
        }
    }

    private static JobClient start(
            FakeKinesis kinesis, FakeS3 s3, Configuration cluster, String... options)
            throws Exception {
        cluster.setString("restart-strategy.type", "none");
        cluster.setString("execution.checkpointing.interval", "100 ms");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--config",
                                Examples.FLIGHTS,
                                "--set",
                                "ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds=0",
                                "--set",
                                "source.init.position=TRIM_HORIZON",
                                "--set",
                                "source.position-lost=CONTINUE",
                                "--set",
                                "kinesis.endpoint=" + kinesis.endpoint(),
                                "--set",
                                "s3.endpoint=" + s3.endpoint()));
        for (String option : options) {
            arguments.add("--set");
            arguments.add(option);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        env.setParallelism(1);
        DeliveryPipeline.of(DeliveryPlan.of(arguments)).addTo(env);
        return env.executeAsync();
    }

    private static String put(KinesisClient client) {
        return client.putRecord(
                        r ->
                                r.streamName(STREAM)
                                        .partitionKey("k")
                                        .data(SdkBytes.fromUtf8String("{}")))
                .sequenceNumber();
    }

    private static String shard(KinesisClient client) {
        return client.listShards(r -> r.streamName(STREAM)).shards().get(0).shardId();
    }

    private static List<LedgerEntry> ledger(FakeS3 s3) throws Exception {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String key : s3.keys(BUCKET)) {
            if (key.startsWith("_hydrant/ledger/")) {
                String lines = new String(s3.content(BUCKET, key), StandardCharsets.UTF_8);
                for (String line : lines.lines().toList()) {
                    entries.add(LedgerLine.read(line));
                }
            }
        }
        return entries;
    }

    private static KinesisClient client(FakeKinesis kinesis) {
        return AwsClients.create(
                KinesisClient.builder(),
                AwsClientConfig.forEndpoint(kinesis.endpoint(), "us-east-1", "test", "test"));
    }
}
