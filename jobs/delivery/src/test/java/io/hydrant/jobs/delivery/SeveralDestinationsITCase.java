package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A job of four destinations, three of which are blocked for many checkpoints. */
class SeveralDestinationsITCase {

    private static final int RECORDS = 600;
    private static final int RECORDS_PER_CHECKPOINT = 100;

    private static final String SOURCE =
            """
            "KinesisStreamSourceConfiguration": {
              "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
            },
            "Hydrant": {"s3.endpoint": "%s", "s3.path-style-access": true, "redshift.poll-interval": "200 ms",
              "redshift.retry-duration": "10 min", "aws.credentials.provider": "BASIC",
              "aws.credentials.basic.accesskeyid": "test", "aws.credentials.basic.secretkey": "test"}
            """;

    private static final String LAKE =
            """
            {
              "DeliveryStreamName": "lake",
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "BucketARN": "arn:aws:s3:::shop", "Prefix": "lake/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}
              },
            %s}
            """;

    private static final String TABLE =
            """
            {
              "DeliveryStreamName": "%1$s",
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "ClusterJDBCURL": "%2$s", "Username": "%3$s", "Password": "%4$s",
                "CopyCommand": {"DataTableName": "%1$s", "CopyOptions": "JSON 'auto'"},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
                "S3Configuration": {
                  "RoleARN": "arn:aws:iam::111122223333:role/writes",
                  "BucketARN": "arn:aws:s3:::shop", "Prefix": "%1$s/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}
                }
              },
            %5$s}
            """;

    private static final String TABLES =
            """
            {
              "DeliveryStreamName": "tables",
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "CatalogConfiguration": {},
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}
                ],
                "TableCreationConfiguration": {"Enabled": true},
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::shop", "ErrorOutputPrefix": "tables/!{firehose:error-output-type}/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}
                }
              },
            %2$s}
            """;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir private Path folder;

    /**
     * One table is locked, another not there yet, and where the catalog keeps those of Iceberg
     * there is something else.
     */
    @Test
    void aBlockedOneStopsNoOtherAndHasEverythingOnceItIsFree() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                Connection holder = redshift.database().getConnection();
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement()) {
            client.createBucket(request -> request.bucket("shop"));
            statement.execute("CREATE TABLE locked (id int)");
            lock(holder);
            Path warehouse = Files.createFile(folder.resolve("warehouse"));

            JobClient job = run(group(s3, redshift));

            // Each checkpoint ends an object, so these are the checkpoints since it is blocked.
            int checkpoints = RECORDS / RECORDS_PER_CHECKPOINT - 1;
            List<String> outcomes =
                    List.of(
                            "lake/",
                            "_hydrant/loads/locked/queue/",
                            "_hydrant/loads/absent/queue/",
                            "_hydrant/ledger-waiting/tables/");
            Conditions.until(
                    Duration.ofMinutes(2),
                    "objects of " + checkpoints + " checkpoints",
                    () ->
                            outcomes.stream()
                                    .allMatch(prefix -> keys(s3, prefix).size() >= checkpoints));
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);

            holder.rollback();
            statement.execute("CREATE TABLE absent (id int)");
            Files.delete(warehouse);
            job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

            assertThat(lines(s3, "lake/")).hasSize(RECORDS).doesNotHaveDuplicates();
            for (String table : List.of("locked", "absent")) {
                assertThat(number(statement, "SELECT count(*) FROM " + table)).isEqualTo(RECORDS);
                assertThat(number(statement, "SELECT count(DISTINCT id) FROM " + table))
                        .isEqualTo(RECORDS);
                assertThat(keys(s3, "_hydrant/loads/" + table + "/queue/")).isEmpty();
            }
            assertThat(rows(warehouse)).hasSize(RECORDS).doesNotHaveDuplicates();
            assertThat(keys(s3, "_hydrant/ledger-waiting/")).isEmpty();
        }
    }

    private static void lock(Connection holder) throws SQLException {
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
        }
    }

    private DeliveryGroup group(FakeS3 s3, FakeRedshift redshift) throws IOException {
        String source = SOURCE.formatted(s3.endpoint());
        List<String> documents = new ArrayList<>(List.of(LAKE.formatted(source)));
        for (String table : List.of("locked", "absent")) {
            documents.add(
                    TABLE.formatted(
                            table,
                            redshift.jdbcUrl(),
                            FakeRedshift.USER,
                            FakeRedshift.PASSWORD,
                            source));
        }
        documents.add(
                TABLES.formatted(
                        "",
                        source.replace(
                                "\"Hydrant\": {",
                                "\"Hydrant\": {\"iceberg.catalog.type\": \"HADOOP\", \"iceberg.catalog.warehouse\": \""
                                        + folder.resolve("warehouse").toUri()
                                        + "\", ")));
        List<String> arguments = new ArrayList<>();
        for (String document : documents) {
            Path file = folder.resolve(arguments.size() / 2 + ".json");
            Files.writeString(file, document);
            arguments.addAll(List.of("--config", file.toString()));
        }
        return DeliveryGroup.resolve(
                DeliveryArguments.parse(arguments, new Problems()),
                PlanResolver.forReading(S3ObjectStore::connect));
    }

    private static JobClient run(DeliveryGroup group) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        // That would be no isolation.
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(1);
        DeliveryPipeline.of(group)
                .withSource(
                        new DataGeneratorSource<>(
                                SeveralDestinationsITCase::record,
                                RECORDS,
                                RateLimiterStrategy.perCheckpoint(RECORDS_PER_CHECKPOINT),
                                EnvelopeTypeInformation.INSTANCE))
                .addTo(env);
        return env.executeAsync();
    }

    private static Envelope record(long index) {
        byte[] payload = ("{\"id\":" + index + "}").getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "orders", "shard", String.valueOf(index), 0, "k", 0, payload, 0, payload.length);
    }

    private static List<String> keys(FakeS3 s3, String prefix) {
        return s3.keys("shop").stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** Records of S3 lie end to end. */
    private static List<String> lines(FakeS3 s3, String prefix) {
        List<String> lines = new ArrayList<>();
        for (String key : keys(s3, prefix)) {
            String content = new String(s3.content("shop", key), StandardCharsets.UTF_8);
            lines.addAll(List.of(content.split("(?<=})")));
        }
        return lines;
    }

    private static List<Object> rows(Path warehouse) throws IOException {
        List<Object> ids = new ArrayList<>();
        try (HadoopCatalog catalog =
                        new HadoopCatalog(
                                new org.apache.hadoop.conf.Configuration(),
                                warehouse.toUri().toString());
                CloseableIterable<Record> records =
                        IcebergGenerics.read(
                                        catalog.loadTable(TableIdentifier.of("shop", "orders")))
                                .build()) {
            records.forEach(record -> ids.add(record.getField("id")));
        }
        return ids;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
