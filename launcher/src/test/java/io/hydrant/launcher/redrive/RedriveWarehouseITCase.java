package io.hydrant.launcher.redrive;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Error objects of a delivery to Redshift, redriven into its table. */
class RedriveWarehouseITCase {

    private static final String BUCKET = "stage";

    private static final String[] SEVERAL = {
        "--set", "redshift.tables=[{\"DataTableName\": \"refunds\"}]",
        "--set", "redshift.route.query={destinationTableName: .kind}"
    };

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void loadsRecordsThatFailedAndRowsThatTheTableRefusedOnceEach() throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = client(s3);
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement()) {
            client.createBucket(request -> request.bucket(BUCKET));
            statement.execute("CREATE TABLE orders (id int)");
            String document = document(s3, redshift);
            client.putObject(
                    request -> request.bucket(BUCKET).key("orders/processing-failed/e"),
                    RequestBody.fromBytes(letters("{\"raw\":\"1\"}", "{\"raw\":\"x\"}")));
            // The answer to the commit is lost, and the load was carried out.
            AtomicInteger commits = new AtomicInteger();
            redshift.faults(
                    sql ->
                            sql.equalsIgnoreCase("COMMIT") && commits.getAndIncrement() == 0
                                    ? Fault.DROP_AFTER
                                    : Fault.NONE);

            assertThat(redrive(document, "orders/processing-failed/")).as(out::toString).isZero();
            assertThat(ids(statement)).containsExactly("1");
            assertThat(redrive(document, "orders/processing-failed/")).isZero();
            assertThat(ids(statement)).containsExactly("1");
            assertThat(commits).hasValueGreaterThan(0);

            statement.execute("ALTER TABLE orders ALTER COLUMN id TYPE varchar(5)");
            assertThat(redrive(document, "orders/redshift-failed/")).as(out::toString).isZero();
            assertThat(redrive(document, "orders/redshift-failed/")).isZero();

            assertThat(ids(statement)).containsExactly("1", "x");

            // Of several tables a row goes back to the one that refused it.
            statement.execute("CREATE TABLE refunds (id int)");
            client.putObject(
                    request -> request.bucket(BUCKET).key("orders/processing-failed/f"),
                    RequestBody.fromBytes(
                            letters(
                                    "{\"raw\":\"y\",\"kind\":\"refunds\"}",
                                    "{\"raw\":\"2\",\"kind\":\"none\"}")));
            assertThat(redrive(document, "orders/processing-failed/f", SEVERAL)).isEqualTo(1);
            assertThat(out.toString()).contains("1 × Redshift.InvalidRoute");
            statement.execute("ALTER TABLE refunds ALTER COLUMN id TYPE varchar(5)");
            assertThat(redrive(document, "orders/redshift-failed/", SEVERAL)).isEqualTo(1);
            assertThat(out.toString()).contains("1 × Redshift.InvalidRoute");

            assertThat(ids(statement)).containsExactly("1", "x");
            assertThat(ids(statement, "refunds")).containsExactly("y");
            assertThat(s3.keys(BUCKET)).noneMatch(key -> key.contains("/queue/"));
        }
    }

    private int redrive(String document, String prefix, String... settings) {
        out.getBuffer().setLength(0);
        return new CommandLine(new RedriveCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(
                        Stream.concat(
                                        Stream.of("--config", document),
                                        Stream.concat(
                                                Stream.of(
                                                        "--from", "s3://" + BUCKET + '/' + prefix),
                                                Stream.of(settings)))
                                .toArray(String[]::new));
    }

    /** A row that is transformed a second time would have no id. */
    private String document(FakeS3 s3, FakeRedshift redshift) throws IOException {
        Path file = folder.resolve("orders.json");
        Files.writeString(
                file,
                """
                {
                  "DeliveryStreamName": "orders",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
                  },
                  "RedshiftDestinationConfiguration": {
                    "RoleARN": "arn:aws:iam::111122223333:role/writes",
                    "ClusterJDBCURL": "%s", "Username": "%s", "Password": "%s",
                    "CopyCommand": {"DataTableName": "orders", "CopyOptions": "JSON 'auto' GZIP"},
                    "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
                    "S3Configuration": {
                      "RoleARN": "arn:aws:iam::111122223333:role/writes",
                      "BucketARN": "arn:aws:s3:::stage", "Prefix": "orders/", "CompressionFormat": "GZIP"
                    }
                  },
                  "Hydrant": {"delivery.transform.columns": "struct<raw:string,kind:string>",
                    "delivery.transform.select": "SELECT raw AS id, kind FROM records", "s3.endpoint": "%s", "s3.path-style-access": true,
                    "aws.credentials.provider": "BASIC",
                    "aws.credentials.basic.accesskeyid": "test", "aws.credentials.basic.secretkey": "test"}
                }
                """
                        .formatted(
                                redshift.jdbcUrl(),
                                FakeRedshift.USER,
                                FakeRedshift.PASSWORD,
                                s3.endpoint()));
        return file.toString();
    }

    private static byte[] letters(String... payloads) {
        GrowingBytes out = new GrowingBytes(0);
        for (int i = 0; i < payloads.length; i++) {
            byte[] bytes = payloads[i].getBytes(StandardCharsets.UTF_8);
            new DeadLetterFormat()
                    .encode(
                            new Envelope(
                                    "orders",
                                    "shardId-0",
                                    Integer.toString(i),
                                    0,
                                    "key",
                                    1_535_365_800_000L,
                                    bytes,
                                    0,
                                    bytes.length),
                            new Failure(ErrorOutputType.PROCESSING_FAILED, "Code", "why", 1, 1),
                            out);
        }
        return out.toByteArray();
    }

    private static S3Client client(FakeS3 s3) {
        return AwsClients.create(
                S3Client.builder().forcePathStyle(true),
                AwsClientConfig.forEndpoint(s3.endpoint(), "us-east-1", "test", "test"));
    }

    private static List<String> ids(Statement statement) throws SQLException {
        return ids(statement, "orders");
    }

    private static List<String> ids(Statement statement, String table) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT id FROM " + table + " ORDER BY 1")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
