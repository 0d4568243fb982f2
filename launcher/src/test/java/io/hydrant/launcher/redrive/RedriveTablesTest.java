package io.hydrant.launcher.redrive;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** Error objects in a bucket, redriven into a table of Iceberg; no stream is needed. */
@Timeout(120)
class RedriveTablesTest {

    private static final TableIdentifier TABLE = TableIdentifier.of("shop", "orders");

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeS3 s3;
    private S3Client client;
    private HadoopCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
        client =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        AwsClientConfig.forEndpoint(s3.endpoint(), "us-east-1", "test", "test"));
        client.createBucket(request -> request.bucket("lake"));
        catalog =
                new HadoopCatalog(
                        new Configuration(), folder.resolve("warehouse").toUri().toString());
        catalog.createTable(
                TABLE, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
    }

    @AfterEach
    void stop() throws IOException {
        catalog.close();
        client.close();
        s3.close();
    }

    @Test
    void recordsGoIntoTheTableOnceHoweverOftenItIsCalled() throws Exception {
        put("e-1", ErrorOutputType.PROCESSING_FAILED, 1, 2);
        put("e-2", ErrorOutputType.ICEBERG_FAILED, 3);

        assertThat(redrive()).as(err::toString).isZero();

        assertThat(out.toString())
                .contains("objects   2 redriven, 0 skipped because redriven before, 0 unreadable")
                .contains("records   3 read: 3 delivered, 0 failed again, 0 dropped");
        assertThat(ids()).containsExactly(1L, 2L, 3L);
        assertThat(redrive()).isZero();
        assertThat(out.toString()).contains("objects   0 redriven, 2 skipped");
        assertThat(ids()).containsExactly(1L, 2L, 3L);
        assertThat(marks()).as("marks that nobody needs any more").isEmpty();
    }

    @Test
    void rowsByKeyThatWaitAreLeftToTheJobWhichKnowsTheirOrder() throws Exception {
        put("w-1", ErrorOutputType.ICEBERG_WAITING, 1);

        assertThat(
                        redrive(
                                "--type",
                                "iceberg-waiting",
                                "--set",
                                "iceberg.route.query={operation: .op}"))
                .isEqualTo(2);

        assertThat(err.toString())
                .startsWith("--type: iceberg-waiting has rows by key here")
                .contains("start the job");
        assertThat(ids()).isEmpty();
    }

    @Test
    void whatFitsNoRowYetIsAnErrorObjectAgainAndGoesInOnceItFits() throws Exception {
        put("e-1", ErrorOutputType.ICEBERG_FAILED, 1);
        putText("e-2", "{\"id\":2,\"colour\":\"red\"}", 2);

        assertThat(redrive("--dry-run")).isEqualTo(1);
        assertThat(out.toString())
                .contains("records   2 read: 1 would be delivered, 1 fail again, 0 be dropped")
                .contains("1 × Iceberg.UnknownField: ");
        assertThat(ids()).isEmpty();

        assertThat(redrive()).isEqualTo(1);
        assertThat(out.toString()).contains("1 × Iceberg.UnknownField: ");
        assertThat(ids()).containsExactly(1L);

        catalog.loadTable(TABLE)
                .updateSchema()
                .addColumn("colour", Types.StringType.get())
                .commit();
        assertThat(redrive()).as(err::toString).isZero();
        assertThat(out.toString())
                .contains("objects   1 redriven, 2 skipped")
                .contains("records   1 read: 1 delivered, 0 failed again, 0 dropped");
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void aRecordGoesToTheTableThatWasChosenForItBeforeItFailed() throws Exception {
        TableIdentifier refunds = TableIdentifier.of("shop", "refunds");
        catalog.createTable(
                refunds, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
        GrowingBytes line = new GrowingBytes(0);
        String route =
                RouteText.of(
                        Map.of(
                                "destinationDatabaseName", "shop",
                                "destinationTableName", "refunds"));
        encode("{\"id\":7}", 7, ErrorOutputType.ICEBERG_FAILED, route, line);
        put("errors/iceberg-failed/e-1", line.toByteArray());
        put("e-2", ErrorOutputType.ICEBERG_FAILED, 8);

        assertThat(redrive()).as(err::toString).isZero();

        assertThat(ids(refunds)).containsExactly(7L);
        assertThat(ids()).containsExactly(8L);
    }

    @Test
    void redrivesSideBySideDoubleNothing() throws Exception {
        for (int i = 0; i < 8; i++) {
            put("e-" + i, ErrorOutputType.ICEBERG_FAILED, i);
        }
        Path document = document();
        ExecutorService machines = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                codes.add(
                        machines.submit(
                                () ->
                                        execute(
                                                document,
                                                new StringWriter(),
                                                err,
                                                "--parallel",
                                                "2")));
            }
            for (Future<Integer> code : codes) {
                assertThat(code.get()).as(err::toString).isZero();
            }
        } finally {
            machines.shutdownNow();
        }

        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    private int redrive(String... more) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return execute(document(), out, err, more);
    }

    private static int execute(Path document, StringWriter out, StringWriter err, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("--config", document.toString(), "--from", "s3://lake/errors/"));
        arguments.addAll(List.of(more));
        return new CommandLine(new RedriveCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Path document() throws IOException {
        return Files.writeString(
                folder.resolve("orders.json"),
                """
                {
                  "DeliveryStreamName": "orders",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
                  },
                  "IcebergDestinationConfiguration": {
                    "RoleARN": "arn:aws:iam::000000000000:role/orders",
                    "CatalogConfiguration": {},
                    "DestinationTableConfigurationList": [
                      {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}
                    ],
                    "S3Configuration": {
                      "BucketARN": "arn:aws:s3:::lake",
                      "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/"
                    }
                  },
                  "Hydrant": {
                    "iceberg.catalog.type": "HADOOP",
                    "iceberg.catalog.warehouse": "%s",
                    "s3.endpoint": "%s",
                    "aws.credentials.provider": "BASIC",
                    "aws.credentials.basic.accesskeyid": "test",
                    "aws.credentials.basic.secretkey": "test"
                  }
                }
                """
                        .formatted(folder.resolve("warehouse").toUri(), s3.endpoint()));
    }

    private void put(String name, ErrorOutputType type, int... ids) {
        GrowingBytes lines = new GrowingBytes(0);
        for (int id : ids) {
            encode("{\"id\":" + id + "}", id, type, lines);
        }
        put("errors/" + type.folder() + "/" + name, lines.toByteArray());
    }

    private void putText(String name, String payload, long sequence) {
        GrowingBytes line = new GrowingBytes(0);
        encode(payload, sequence, ErrorOutputType.ICEBERG_FAILED, line);
        put("errors/" + ErrorOutputType.ICEBERG_FAILED.folder() + "/" + name, line.toByteArray());
    }

    private void put(String key, byte[] content) {
        client.putObject(
                request -> request.bucket("lake").key(key), RequestBody.fromBytes(content));
    }

    private static void encode(
            String payload, long sequence, ErrorOutputType type, GrowingBytes out) {
        encode(payload, sequence, type, "", out);
    }

    private static void encode(
            String payload, long sequence, ErrorOutputType type, String route, GrowingBytes out) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        new DeadLetterFormat()
                .encode(
                        new Envelope(
                                "orders",
                                "shardId-0",
                                Long.toString(sequence),
                                0,
                                "key",
                                1,
                                bytes,
                                0,
                                bytes.length),
                        Part.WHOLE,
                        new Failure(type, "Code", "why", 1, 1),
                        route,
                        out);
    }

    private List<Long> ids() throws IOException {
        return ids(TABLE);
    }

    private List<Long> ids(TableIdentifier table) throws IOException {
        List<Long> ids = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(catalog.loadTable(table)).build()) {
            rows.forEach(row -> ids.add((Long) row.getField("id")));
        }
        ids.sort(null);
        return ids;
    }

    private List<String> marks() {
        Table table = catalog.loadTable(TABLE);
        return table.properties().keySet().stream()
                .filter(key -> key.startsWith("hydrant.redriven."))
                .toList();
    }
}
