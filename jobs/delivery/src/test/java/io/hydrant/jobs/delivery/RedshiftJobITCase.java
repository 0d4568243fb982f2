package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.redshift.FakeDataApi;
import io.hydrant.localstack.fakes.redshift.FakePostgres;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The job of a document with a RedshiftDestinationConfiguration. */
class RedshiftJobITCase {

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
              },
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "ClusterJDBCURL": "%s",
                "Username": "%s",
                "Password": "%s",
                "CopyCommand": {
                  "DataTableName": "orders", "DataTableColumns": "id, item", "CopyOptions": "JSON 'auto' GZIP"
                },
                "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
                "S3BackupMode": "Enabled",
                "S3BackupConfiguration": {
                  "BucketARN": "arn:aws:s3:::kept", "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1}
                },
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::stage",
                  "Prefix": "orders/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                  "CompressionFormat": "GZIP"
                }
              },
              "Hydrant": {"s3.endpoint": "%s", "s3.path-style-access": true, "redshift.poll-interval": "200 ms",
                "aws.credentials.provider": "BASIC", "aws.credentials.basic.accesskeyid": "test", "aws.credentials.basic.secretkey": "test"}
            }
            """;

    private static final String TABLE =
            "CREATE TABLE orders (id int, item varchar(10), note varchar(10))";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path folder;

    @Test
    void rowsAreInTheTableAndWhatItRefusesIsUnderTheErrorPrefix() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement()) {
            makeBuckets(client);
            statement.execute(TABLE);

            run(plan(s3, redshift.jdbcUrl(), FakeRedshift.USER, FakeRedshift.PASSWORD));

            assertIsLoaded(statement, s3);
        }
    }

    @Test
    void rowsAreInATableOfPostgresqlWhereItsAddressIsGiven() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                FakePostgres postgres = FakePostgres.start();
                Connection database = postgres.database().getConnection();
                Statement statement = database.createStatement()) {
            makeBuckets(client);
            statement.execute(
                    "CREATE TABLE orders (id int PRIMARY KEY, item varchar(10), note varchar(10))");

            run(plan(s3, postgres.jdbcUrl(), FakePostgres.USER, FakePostgres.PASSWORD));

            assertIsLoaded(statement, s3);
        }
    }

    @Test
    void rowsAreInTheTableWhereTheDataApiAloneReachesIt() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                FakeDataApi api = FakeDataApi.start(redshift);
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement()) {
            makeBuckets(client);
            statement.execute(TABLE);
            api.faults().next("BatchExecuteStatement", 1, Fault.dropAnswer());

            run(
                    plan(
                            DOCUMENT.formatted(redshift.jdbcUrl(), "", "", s3.endpoint())
                                    .replace("\"Username\": \"\",", "")
                                    .replace("\"Password\": \"\",", ""),
                            "redshift.access=DATA_API",
                            "redshift.cluster-identifier=" + FakeDataApi.CLUSTER,
                            "redshift.endpoint=" + api.endpoint()));

            assertIsLoaded(statement, s3);
        }
    }

    @Test
    void rowsGoIntoTheTableAsParquetAndWhatFitsNoColumnGoesToTheErrorPrefix() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement()) {
            makeBuckets(client);
            statement.execute(TABLE);

            run(
                    plan(
                            DOCUMENT.formatted(
                                            redshift.jdbcUrl(),
                                            FakeRedshift.USER,
                                            FakeRedshift.PASSWORD,
                                            s3.endpoint())
                                    .replace("JSON 'auto' GZIP", "FORMAT AS PARQUET")
                                    .replace("\"GZIP\"", "\"UNCOMPRESSED\""),
                            "delivery.conversion.format=PARQUET",
                            "delivery.conversion.columns=struct<id:int,item:string>"));

            assertThat(number(statement, "SELECT count(*) FROM orders WHERE item = 'i'"))
                    .isEqualTo(190);
            assertThat(number(statement, "SELECT count(DISTINCT id) FROM orders")).isEqualTo(190);
            assertThat(number(statement, "SELECT sum(records) FROM orders_hydrant_ledger"))
                    .isEqualTo(190);
            assertThat(s3.keys("stage"))
                    .anyMatch(key -> key.contains("format-conversion-failed"))
                    .noneMatch(key -> key.contains("/queue/"));
        }
    }

    private static void makeBuckets(S3Client client) {
        client.createBucket(r -> r.bucket("stage"));
        client.createBucket(r -> r.bucket("kept"));
    }

    private static void assertIsLoaded(Statement statement, FakeS3 s3) throws Exception {
        assertThat(number(statement, "SELECT count(*) FROM orders WHERE note IS NULL"))
                .isEqualTo(190);
        assertThat(number(statement, "SELECT count(DISTINCT id) FROM orders")).isEqualTo(190);
        assertThat(number(statement, "SELECT sum(records) FROM orders_hydrant_ledger"))
                .isEqualTo(200);
        assertThat(number(statement, "SELECT sum(refused) FROM orders_hydrant_ledger"))
                .isEqualTo(10);
        assertThat(s3.keys("stage"))
                .anyMatch(key -> key.startsWith("orders/redshift-failed"))
                .noneMatch(key -> key.contains("/queue/"));
        assertThat(s3.keys("kept")).isNotEmpty();
    }

    private DeliveryPlan plan(FakeS3 s3, String jdbcUrl, String user, String password)
            throws Exception {
        return plan(DOCUMENT.formatted(jdbcUrl, user, password, s3.endpoint()));
    }

    private DeliveryPlan plan(String document, String... assignments) throws Exception {
        Path file = folder.resolve("stream.json");
        Files.writeString(file, document);
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        for (String assignment : assignments) {
            arguments.addAll(List.of("--set", assignment));
        }
        return DeliveryPlan.of(arguments);
    }

    private static void run(DeliveryPlan plan) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        DeliveryPipeline.of(plan)
                .withSource(
                        new DataGeneratorSource<>(
                                RedshiftJobITCase::record,
                                200,
                                RateLimiterStrategy.perCheckpoint(100),
                                EnvelopeTypeInformation.INSTANCE))
                .addTo(env);
        env.execute();
    }

    private static Envelope record(long index) {
        String id = index % 20 == 7 ? "\"seven\"" : "" + index;
        byte[] payload = ("{\"id\":" + id + ",\"item\":\"i\"}").getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "orders", "shard", String.valueOf(index), 0, "k", 0, payload, 0, payload.length);
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
