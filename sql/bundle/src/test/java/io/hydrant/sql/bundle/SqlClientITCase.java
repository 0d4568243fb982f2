package io.hydrant.sql.bundle;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.data.Datasets;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.flink.FlinkJob;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;
import io.hydrant.localstack.harness.process.Command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The packed jar in Flink's own SQL client, on a real cluster and LocalStack. */
@LocalStackTest
class SqlClientITCase {

    private static final Pattern STATEMENTS = Pattern.compile("```sql\n(.+?)```", Pattern.DOTALL);

    private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();

    /** All of the first of January in UTC, in one call. */
    private static final int FLIGHTS = 500;

    @TempDir private Path folder;

    @Test
    void runsWhatTheReadmeSaysAndKeepsAStreamAndABucketFilledFromAnother(
            LocalStack localStack, KinesisClient kinesis, S3Client s3, UniqueNames names)
            throws Exception {
        String orders = names.newStream("orders", 2);
        String copies = names.newStream("copies", 2);
        String bucket = names.newBucket("archive");
        String readme =
                statementsOfTheReadme()
                        .replace("http://localhost:4566", localStack.endpoint().toString())
                        .replace("stream/orders", "stream/" + orders);
        String table = readme.substring(0, readme.indexOf(';') + 1);
        try (FlinkCluster cluster = start()) {
            assertThat(run(cluster, readme).output())
                    .containsPattern("\\| +Bonn \\| +2 \\|")
                    .containsPattern("\\| +Oslo \\| +1 \\|");

            Command.Result submitted =
                    run(
                            cluster,
                            (table
                                            + """

                                            CREATE TABLE copies WITH (
                                              'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/%s'
                                            ) LIKE orders;
                                            CREATE TABLE archive (id BIGINT, city STRING) PARTITIONED BY (city) WITH (
                                              'connector' = 'hydrant-s3',
                                              's3.bucket' = '%s',
                                              'delivery.buffer.interval' = '1 s',
                                              'aws.region' = 'us-east-1',
                                              'aws.endpoint' = '%s',
                                              'aws.credentials.provider' = 'BASIC',
                                              'aws.credentials.basic.accesskeyid' = 'test',
                                              'aws.credentials.basic.secretkey' = 'test',
                                              'format' = 'parquet'
                                            );
                                            EXECUTE STATEMENT SET BEGIN
                                              INSERT INTO copies SELECT id, city, placed FROM orders;
                                              INSERT INTO archive SELECT id, city FROM orders;
                                            END;
                                            """)
                                    .formatted(copies, bucket, localStack.endpoint()));
            assertThat(submitted.output()).contains("Job ID: ");
            assertThat(
                            Conditions.comeTrue(
                                    Duration.ofMinutes(2), () -> recordsOf(kinesis, copies) == 3))
                    .as("rows arrive in the other stream")
                    .isTrue();
            assertThat(
                            Conditions.comeTrue(
                                    Duration.ofMinutes(2),
                                    () ->
                                            keysOf(s3, bucket, "city=Bonn/") > 0
                                                    && keysOf(s3, bucket, "city=Oslo/") == 1))
                    .as("rows arrive in the bucket")
                    .isTrue();
            cluster.cancel(running(cluster));
        }
    }

    /**
     * The table's file as it stands, but for where it is, and for an end, so that the client ends.
     */
    @Test
    void answersAQuestionAboutFlightsInAStream(
            LocalStack localStack, KinesisClient kinesis, UniqueNames names) throws Exception {
        String stream = names.newStream("flights", 2);
        Map<String, Integer> arrivals = new TreeMap<>();
        try (Stream<Flight> january =
                Datasets.ofUser(Progress.onStandardError()).flights().stream(Month.JANUARY)) {
            List<PutRecordsRequestEntry> records = new ArrayList<>();
            for (Flight flight : january.limit(FLIGHTS).toList()) {
                records.add(
                        PutRecordsRequestEntry.builder()
                                .partitionKey(flight.id())
                                .data(SdkBytes.fromByteArray(flight.json()))
                                .build());
                if (!flight.toString().contains("\"dep_delay\":null")) {
                    arrivals.merge(destination(flight), 1, Integer::sum);
                }
            }
            kinesis.putRecords(request -> request.streamName(stream).records(records));
        }
        // By name to begin with, and the first of those with most.
        Map.Entry<String, Integer> busiest =
                arrivals.entrySet().stream()
                        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
                        .orElseThrow();
        Path tables =
                Files.writeString(
                        folder.resolve("flights.sql"),
                        Files.readString(SCRIPTS.resolve("tables/kinesis/flights.sql"))
                                        .replace(
                                                "http://localhost:4566",
                                                localStack.endpoint().toString())
                                        .replace("stream/flights", "stream/" + stream)
                                + "ALTER TABLE flights SET ('source.end.position' = 'NOW');\n");
        String question = Files.readString(SCRIPTS.resolve("leaderboards/busiest-airports.sql"));

        try (FlinkCluster cluster = start()) {
            assertThat(run(cluster, question, "-i", tables.toUri().toString()).output())
                    .containsPattern(
                            "\\+I \\| 2013-01-01 00:00:00.000 \\| +1 \\| +%s \\| +%d \\|"
                                    .formatted(busiest.getKey(), busiest.getValue()));
        }
    }

    private static String destination(Flight flight) {
        String field = "\"dest\":\"";
        int begin = flight.toString().indexOf(field) + field.length();
        return flight.toString().substring(begin, begin + 3);
    }

    private static String running(FlinkCluster cluster) throws IOException {
        return cluster.list().stream()
                .filter(job -> !job.isOver())
                .map(FlinkJob::id)
                .findFirst()
                .orElseThrow();
    }

    private Command.Result run(FlinkCluster cluster, String statements, String... more)
            throws IOException {
        Path script = Files.writeString(folder.resolve("script.sql"), statements);
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("-j", SqlBundleJarITCase.JAR.toUri().toString()));
        arguments.addAll(List.of("-hist", folder.resolve("history").toString()));
        arguments.addAll(List.of("-f", script.toUri().toString()));
        Command.Result result = cluster.sqlClient(arguments.toArray(String[]::new));
        assertThat(result.output()).doesNotContain("[ERROR]");
        return result;
    }

    private static String statementsOfTheReadme() throws IOException {
        Matcher block = STATEMENTS.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static int keysOf(S3Client s3, String bucket, String prefix) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(prefix)).keyCount();
    }

    private static int recordsOf(KinesisClient kinesis, String stream) {
        int records = 0;
        for (Shard shard : kinesis.listShards(request -> request.streamName(stream)).shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    request ->
                                            request.streamName(stream)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            records +=
                    kinesis.getRecords(request -> request.shardIterator(iterator)).records().size();
        }
        return records;
    }

    private static FlinkCluster start() throws IOException {
        return FlinkCluster.builder(FlinkHome.find(Progress.onStandardError()))
                .set("execution.checkpointing.interval", "1 s")
                .start();
    }
}
