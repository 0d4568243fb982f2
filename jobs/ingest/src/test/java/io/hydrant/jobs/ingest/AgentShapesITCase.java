package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.jobs.ingest.AgentShape.Output;
import io.hydrant.jobs.ingest.convert.FakeMetadataService;
import io.hydrant.localstack.fakes.firehose.FakeFirehose;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Configurations as agents have them, from the installed one to those with slips of the pen, from
 * file to stream: what arrives is what each of them writes down by hand. All of them are in one
 * job, which says otherwise where the services are, who it is, and that no record of a Kinesis
 * stream shall wait a minute for others.
 */
@Timeout(120)
class AgentShapesITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern TIME =
            Pattern.compile("\"(ts|metadataTimestamp)\":\"[-+0-9T:.]+Z?\"");

    /** What a failure shows of a record, at the most. */
    private static final int SHOWN = 1000;

    @TempDir private Path folder;

    /** Lines that files grew by so far, by stream that has to have them. */
    private final Map<String, Integer> grown = new HashMap<>();

    /** Streams of shapes in which not all has arrived. */
    private final Set<String> missing = new TreeSet<>();

    private FakeKinesis kinesis;
    private FakeFirehose firehose;
    private KinesisClient client;

    @Test
    void everyShapeOfAConfigurationSendsWhatItSays() throws Exception {
        List<AgentShape> shapes = AgentShape.all();
        try (FakeKinesis fakeKinesis = FakeKinesis.start();
                FakeFirehose fakeFirehose = FakeFirehose.start();
                FakeMetadataService ignoredMachine = FakeMetadataService.start();
                MiniCluster cluster = cluster()) {
            kinesis = fakeKinesis;
            firehose = fakeFirehose;
            client =
                    AwsClients.create(
                            KinesisClient.builder(),
                            AwsClientConfig.from(Configuration.fromMap(connection())));
            try (KinesisClient closed = client) {
                for (AgentShape shape : shapes) {
                    create(shape);
                }
                cluster.start();
                JobID job = submit(cluster, shapes);
                try {
                    Conditions.until(
                            TIMEOUT, "all records", () -> allArrived(cluster, job, shapes));
                } catch (AssertionError e) {
                    throw new AssertionError(e.getMessage() + "; missing in " + missing, e);
                }
                // With a drain, so that what no shape has to say arrives as well.
                cluster.stopWithSavepoint(
                                job,
                                folder.resolve("savepoints").toUri().toString(),
                                true,
                                SavepointFormatType.CANONICAL)
                        .get();
                shapes.forEach(this::assertArrived);
            }
        }
    }

    private void create(AgentShape shape) throws IOException {
        Path logs = Files.createDirectories(logs(shape));
        for (Map.Entry<String, String> file : shape.files().entrySet()) {
            Files.writeString(logs.resolve(file.getKey()), file.getValue());
        }
        for (Output output : shape.outputs()) {
            if (output.isDelivery()) {
                firehose.create(output.stream());
            } else {
                client.createStream(to -> to.streamName(output.stream()).shardCount(1));
            }
        }
    }

    private JobID submit(MiniCluster cluster, List<AgentShape> shapes) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        for (AgentShape shape : shapes) {
            Path agent =
                    Files.writeString(logs(shape).resolveSibling("agent.json"), agentOf(shape));
            List<String> arguments = new ArrayList<>(List.of("--config", agent.toString()));
            overrides()
                    .forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
            assertThat(IngestJob.prepare(env, arguments)).as(shape.name()).isTrue();
        }
        return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    private String agentOf(AgentShape shape) {
        return shape.agentFor(logs(shape));
    }

    /**
     * Grows the files of which nothing was seen yet: the job may not have looked at them before.
     */
    private boolean allArrived(MiniCluster cluster, JobID job, List<AgentShape> shapes)
            throws Exception {
        if (cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.requestJobResult(job)
                    .get()
                    .toJobExecutionResult(AgentShapesITCase.class.getClassLoader());
        }
        assertThat(cluster.getJobStatus(job).get()).isNotEqualTo(JobStatus.FAILED);
        missing.clear();
        for (AgentShape shape : shapes) {
            boolean isMissing = false;
            for (Output output : shape.outputs()) {
                int arrived = arrived(output).size();
                if (arrived < output.records().size()) {
                    missing.add(shape.name() + ", " + output.stream() + " has " + arrived);
                    isMissing = true;
                }
            }
            if (isMissing) {
                for (Map.Entry<String, String> line : shape.grows().entrySet()) {
                    Files.writeString(
                            logs(shape).resolve(line.getKey()),
                            line.getValue(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    grown.merge(shape.name(), 1, Integer::sum);
                }
            }
        }
        return missing.isEmpty();
    }

    private void assertArrived(AgentShape shape) {
        for (Output output : shape.outputs()) {
            List<String> arrived = arrived(output).stream().map(AgentShapesITCase::shown).toList();
            List<String> records = output.records().stream().map(AgentShapesITCase::shown).toList();
            String what = shape.name() + ", " + output.stream();
            if (output.repeated()) {
                assertThat(arrived)
                        .as(what)
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo(grown.get(shape.name()))
                        .containsOnly(records.get(0));
            } else if (output.anyOrder()) {
                assertThat(arrived).as(what).containsExactlyInAnyOrderElementsOf(records);
            } else {
                assertThat(arrived).as(what).containsExactlyElementsOf(records);
            }
            if (output.keysOfContent()) {
                assertThat(records(output.stream()))
                        .as(what)
                        .allSatisfy(
                                record ->
                                        assertThat(record.partitionKey())
                                                .isEqualTo(md5(record.data().asByteArray())));
            }
        }
    }

    /** A long record by its ends, its length and its hash: a megabyte helps nobody. */
    private static String shown(String record) {
        return record.length() <= SHOWN
                ? record
                : "%.20s… %s, %d characters, hash %08x"
                        .formatted(
                                record,
                                record.substring(record.length() - 20),
                                record.length(),
                                record.hashCode());
    }

    /**
     * What is in a stream now, with the time of conversions replaced, which no text can foretell.
     */
    private List<String> arrived(Output output) {
        List<byte[]> records =
                output.isDelivery()
                        ? firehose.records(output.stream())
                        : records(output.stream()).stream()
                                .map(record -> record.data().asByteArray())
                                .toList();
        return records.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(text -> TIME.matcher(text).replaceFirst("\"$1\":\"TIME\""))
                .toList();
    }

    private List<Record> records(String stream) {
        String shard = client.listShards(to -> to.streamName(stream)).shards().get(0).shardId();
        String iterator =
                client.getShardIterator(
                                to ->
                                        to.streamName(stream)
                                                .shardId(shard)
                                                .shardIteratorType("TRIM_HORIZON"))
                        .shardIterator();
        List<Record> records = new ArrayList<>();
        GetRecordsResponse page;
        do {
            String next = iterator;
            page = client.getRecords(to -> to.shardIterator(next));
            records.addAll(page.records());
            iterator = page.nextShardIterator();
        } while (!page.records().isEmpty());
        return records;
    }

    private Path logs(AgentShape shape) {
        return folder.resolve(shape.name().replace(".txt", "")).resolve("logs");
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new HashMap<>(connection());
        overrides.put("ingest.firehose.endpoint", firehose.endpoint().toString());
        overrides.put("sink.flush-buffer.timeout", "200 ms");
        return overrides;
    }

    private Map<String, String> connection() {
        return Map.of(
                "aws.endpoint", kinesis.endpoint().toString(),
                "aws.region", "us-east-1",
                "aws.credentials.provider", "BASIC",
                "aws.credentials.basic.accesskeyid", "test",
                "aws.credentials.basic.secretkey", "test");
    }

    private MiniCluster cluster() {
        return new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration())
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(1)
                        .withRandomPorts()
                        .build());
    }

    private Configuration configuration() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        // A failure is to be seen, not mended.
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return config;
    }

    private static String md5(byte[] data) {
        try {
            return "%032x"
                    .formatted(new BigInteger(1, MessageDigest.getInstance("MD5").digest(data)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
