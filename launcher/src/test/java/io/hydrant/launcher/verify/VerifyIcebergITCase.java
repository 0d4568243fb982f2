package io.hydrant.launcher.verify;

import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.FakeCorridor;
import io.hydrant.launcher.redrive.RedriveCommand;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A real delivery to a table of Iceberg, spoiled in each way that must be found. */
class VerifyIcebergITCase {

    private static final TableIdentifier TABLE = TableIdentifier.of("shop", "orders");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "DeliveryStreamType": "KinesisStreamAsSource",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                "RoleARN": "arn:aws:iam::000000000000:role/orders"
              },
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::000000000000:role/orders",
                "CatalogConfiguration": {},
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}
                ],
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::lake",
                  "ErrorOutputPrefix": "failed/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}
                }
              },
              "Hydrant": {
                "source.init.position": "TRIM_HORIZON",
                "iceberg.catalog.type": "HADOOP",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """;

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    @TempDir private Path warehouse;

    @Test
    void isContentWithACompleteDeliveryAndFindsWhatSpoilsIt() throws Exception {
        makeTable();
        String[] catalog = {"--set", "iceberg.catalog.warehouse=" + warehouse.toUri()};
        try (BatchPutter putter = corridor.putter(2)) {
            put(putter, 0, 30);
            JobClient job = corridor.addTo(FakeCorridor.environment(), catalog).executeAsync();
            boolean isCommitted = Conditions.comeTrue(TIMEOUT, () -> corridor.verify(catalog) == 0);
            assertThat(isCommitted).as(corridor::said).isTrue();
            put(putter, 30, 60);
            corridor.awaitVerified(job, catalog);
        }

        assertThat(corridor.verify("--read-back", catalog[0], catalog[1])).isZero();
        assertThat(corridor.said())
                .contains("IN THE TABLES: every commit of the ledger is in its table")
                .contains("with 57 records", "57 rows, 57 by its commits")
                .contains("COMPLETE: every record of the stream was delivered exactly once")
                .contains("errors    3 records");
        redriveWhatFitsNow(catalog);

        try (HadoopCatalog tables = catalog()) {
            Table table = tables.loadTable(TABLE);
            long good = table.currentSnapshot().snapshotId();

            DataFile file = anyFile(table);
            table.newAppend().appendFile(file).commit();
            assertThat(corridor.verify(catalog)).isEqualTo(1);
            assertThat(corridor.said())
                    .contains("NOT IN THE TABLES: ")
                    .contains("rows, 60 by its commits: " + file.recordCount() + " rows too many")
                    .contains("others committed snapshot " + table.currentSnapshot().snapshotId());
            assertThat(corridor.verify("--ignore-row-count", catalog[0], catalog[1])).isZero();

            table.manageSnapshots().rollbackTo(good).commit();
            assertThat(corridor.verify(catalog)).isZero();

            table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
            assertThat(corridor.verify(catalog)).isEqualTo(1);
            assertThat(corridor.said())
                    .contains("in the ledger and not in shop.orders, which was rolled back")
                    .contains("NOT COMPLETE: stream and ledger disagree");

            table.manageSnapshots().setCurrentSnapshot(good).commit();
            assertThat(corridor.verify(catalog)).isZero();
            table.io().deleteFile(file.location());
            assertThat(corridor.verify(catalog)).isEqualTo(1);
            assertThat(corridor.said())
                    .contains(file.location() + " is a file of the table and is not there");
        }
    }

    @Test
    void isContentWithRecordsThatWaitedInTheBucketOnceTheyAreInTheTable() throws Exception {
        makeTable();
        String[] staged = {
            "--set",
            "iceberg.catalog.warehouse=" + warehouse.toUri(),
            "--set",
            "iceberg.staged=true",
            "--set",
            "delivery.error-prefix=failed/!{firehose:error-output-type}/"
        };
        try (BatchPutter putter = corridor.putter(2)) {
            put(putter, 0, 60);
            corridor.deliver(staged);
        }

        assertThat(corridor.verify(readingBack(staged))).isZero();
        assertThat(corridor.said())
                .contains("COMPLETE: every record of the stream was delivered exactly once")
                .contains("staged    60 records", " 0 of them wait for their table")
                .contains("errors    3 records", "57 rows, 57 by its commits")
                .doesNotContain("redriven");

        redriveWhatFitsNow(staged);

        String waited = corridor.keys("failed/iceberg-waiting/").get(0);
        corridor.objects().deleteObject(request -> request.bucket("lake").key(waited));
        assertThat(corridor.verify(staged)).isZero();
        assertThat(corridor.said()).contains("1 removed some time after their load");
    }

    private void redriveWhatFitsNow(String... catalog) throws Exception {
        try (HadoopCatalog tables = catalog()) {
            tables.loadTable(TABLE)
                    .updateSchema()
                    .addColumn("late", Types.BooleanType.get())
                    .commit();
        }
        String[] redrive =
                Stream.concat(Stream.of("--from", "s3://lake/failed/"), Stream.of(catalog))
                        .toArray(String[]::new);
        assertThat(corridor.run(new RedriveCommand(), redrive)).as(corridor::said).isZero();
        assertThat(corridor.said()).contains("records   3 read: 3 delivered, 0 failed again");
        assertThat(corridor.verify(readingBack(catalog))).as(corridor::said).isZero();
        assertThat(corridor.said())
                .contains("60 rows, 60 by its commits")
                .contains("with dead letters in the bucket as the ledger has them")
                .contains("COMPLETE: every record of the stream was delivered exactly once");

        assertThat(corridor.run(new RedriveCommand(), redrive)).isZero();
        assertThat(corridor.verify(catalog)).as(corridor::said).isZero();
        assertThat(corridor.verify("--abandoned", catalog[0], catalog[1])).isZero();
        assertThat(corridor.said())
                .contains("0 abandoned", "tables    files that no snapshot has are not looked for");
    }

    private static String[] readingBack(String... options) {
        return Stream.concat(Stream.of("--read-back"), Stream.of(options)).toArray(String[]::new);
    }

    private HadoopCatalog catalog() {
        return new HadoopCatalog(new Configuration(), warehouse.toUri().toString());
    }

    /** Before the job, whose tasks would wait for each other's lock of the catalog. */
    private void makeTable() throws Exception {
        try (HadoopCatalog tables = catalog()) {
            tables.createTable(
                    TABLE, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())));
        }
    }

    /** Puts records, of which every twentieth does not fit, since there is no column for it. */
    private static void put(BatchPutter putter, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            String late = i % 20 == 7 ? ",\"late\":true" : "";
            putter.put("key-" + i, ("{\"id\":" + i + late + "}").getBytes(StandardCharsets.UTF_8));
        }
        putter.flush();
    }

    private static DataFile anyFile(Table table) throws Exception {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return tasks.iterator().next().file();
        }
    }
}
