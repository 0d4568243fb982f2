package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream into two others, one of which is read again, filtered and changed, by a job that is
 * killed.
 */
@LocalStackTest
@Timeout(300)
class IngestStreamsITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    @TempDir private Path folder;

    private final KinesisClient kinesis;
    private final LocalStack localStack;
    private final String source;
    private final String copies;
    private final String large;
    private final String failed;

    IngestStreamsITCase(KinesisClient kinesis, LocalStack localStack, UniqueNames names) {
        this.kinesis = kinesis;
        this.localStack = localStack;
        source = names.newStream("source", 2);
        copies = names.newStream("copies", 1);
        large = names.newStream("large", 2);
        failed = names.newStream("failed", 1);
    }

    @Test
    void everyRecordIsReadOnceInEachTargetThoughTheJobIsKilled() throws Exception {
        try (KillableCluster cluster = new KillableCluster(folder)) {
            put(0, 300);
            cluster.submit(agent(), "--set", "source.init.position=TRIM_HORIZON");
            untilPut(0, 300);
            cluster.checkpoint();
            put(300, 600);
            putRecord("no json");
            untilPut(300, 600);
            // What came behind the checkpoint is read and put again.
            cluster.kill();
            put(600, 700);
            untilPut(600, 700);
            // It is read behind the first flow's puts, which may land in any order.
            Conditions.until(
                    TIMEOUT,
                    "the record that is no JSON to be refused",
                    () -> contents(failed).stored().contains("Filter.Failed"));
            cluster.checkpoint();
            assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
        }

        List<String> all =
                Stream.concat(
                                IntStream.range(0, 700).mapToObj(IngestStreamsITCase::order),
                                Stream.of("no json"))
                        .toList();
        assertThat(contents(copies).read(true)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(contents(copies).read(false)).hasSizeGreaterThanOrEqualTo(all.size() + 300);
        List<Envelope> taken = contents(large).records(true);
        assertThat(taken)
                .extracting(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 700)
                                .filter(id -> id % 10 > 6)
                                .mapToObj(IngestStreamsITCase::doubled)
                                .toList());
        assertThat(taken).extracting(Envelope::partitionKey).containsOnly("c7", "c8", "c9");
        assertThat(contents(failed).read(true))
                .hasSize(1)
                .allMatch(error -> error.contains("\"errorCode\":\"Filter.Failed\""));
    }

    @Test
    void aStretchIsSentAndTheJobEnds() throws Exception {
        put(0, 100);
        try (KillableCluster cluster = new KillableCluster(folder)) {
            cluster.submit(
                    agent(),
                    "--from",
                    "TRIM_HORIZON",
                    "--set",
                    "source.shard.get-records.interval=1 ms");
            cluster.awaitEnd();
        }

        assertThat(contents(copies).read(true)).hasSize(100);
    }

    private Path agent() throws IOException {
        return Files.writeString(
                folder.resolve("agent.json"),
                """
                {
                  "kinesis.endpoint": "%s",
                  "kinesis.region": "us-east-1",
                  "awsAccessKeyId": "test",
                  "awsSecretAccessKey": "test",
                  "flows": [
                    {"sourceStream": "%s", "kinesisStream": "%s",
                     "Hydrant": {"sink.aggregation.enabled": true}},
                    {"sourceStream": "%s", "kinesisStream": "%s", "errorStream": "%s",
                     "filter": ".amount > 6",
                     "columns": "struct<id:int,customer:string,amount:int>",
                     "select": "SELECT id, customer, amount * 2 AS twice FROM records",
                     "partitionKeyQuery": ".customer"}
                  ],
                  "Hydrant": {
                    "sink.producer-identity.enabled": true,
                    "source.deduplication.enabled": true,
                    "sink.flush-buffer.timeout": "50 ms"
                  }
                }
                """
                        .formatted(localStack.endpoint(), source, copies, copies, large, failed));
    }

    private void put(int from, int to) {
        kinesis.putRecords(
                request ->
                        request.streamName(source)
                                .records(
                                        IntStream.range(from, to)
                                                .mapToObj(id -> entry(order(id), "key " + id))
                                                .toList()));
    }

    private void putRecord(String payload) {
        kinesis.putRecords(request -> request.streamName(source).records(entry(payload, "bad")));
    }

    private static PutRecordsRequestEntry entry(String payload, String key) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromUtf8String(payload))
                .build();
    }

    private static String order(int id) {
        return "{\"id\":%d,\"customer\":\"c%d\",\"amount\":%d}".formatted(id, id % 10, id % 10);
    }

    private static String doubled(int id) {
        return "{\"id\":%d,\"customer\":\"c%d\",\"twice\":%d}".formatted(id, id % 10, id % 10 * 2);
    }

    /** Waits until those records are in both targets, however often. */
    private void untilPut(int from, int to) {
        Set<String> copied =
                new HashSet<>(
                        IntStream.range(from, to).mapToObj(IngestStreamsITCase::order).toList());
        Set<String> changed =
                new HashSet<>(
                        IntStream.range(from, to)
                                .filter(id -> id % 10 > 6)
                                .mapToObj(IngestStreamsITCase::doubled)
                                .toList());
        Conditions.until(
                TIMEOUT,
                "records " + from + " to " + to + " to be put",
                () -> {
                    String stored = contents(copies).stored();
                    copied.removeIf(stored::contains);
                    String others = contents(large).stored();
                    changed.removeIf(others::contains);
                    return copied.isEmpty() && changed.isEmpty();
                });
    }

    private StreamContents contents(String stream) {
        return new StreamContents(
                stream,
                AwsClientConfig.forEndpoint(localStack.endpoint(), "us-east-1", "test", "test"));
    }
}
