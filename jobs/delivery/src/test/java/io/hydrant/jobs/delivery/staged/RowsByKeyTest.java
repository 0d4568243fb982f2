package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.iceberg.upkeep.UpkeepThread;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.sink.LedgerConfig;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.stage.WaitingObject;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.FolderStore;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects that wait with records that replace and remove rows, one loader after another. */
@Timeout(180)
class RowsByKeyTest {

    private static final TableIdentifier TABLE = TableIdentifier.of("shop", "orders");

    @TempDir private Path folder;

    private final Map<String, String> options = new HashMap<>();
    private FolderStore store;
    private S3SinkConfig objects;
    private long sequence;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectory(folder.resolve("lake"));
        store = new FolderStore(folder);
        options.put("iceberg.catalog.type", "HADOOP");
        options.put("iceberg.catalog.warehouse", warehouse());
        options.put(
                "iceberg.tables",
                "[{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"orders\",\"UniqueKeys\":[\"id\"]}]");
        options.put("iceberg.route.query", "{operation: .op}");
        options.put("iceberg.table.create", "true");
        options.put("iceberg.schema.unknown-fields", "ADD");
        options.put("iceberg.staged", "true");
        objects =
                S3SinkConfig.from(
                        Configuration.fromMap(
                                Map.of("s3.bucket", "lake", "delivery.stream.name", "orders")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theLastRecordOfAKeyCountsWhateverIsRepeated() throws Exception {
        WaitingObject first = object("update 1 a", "update 1 b", "update 2 a", "update 3 a");
        WaitingObject second = object("delete 1 -", "update 2 b");
        // Its records arrived before those of the others.
        sequence = 0;
        WaitingObject third = object("update 1 c", "delete 3 -", "update 4 a");

        note(1_000, first);
        load();
        assertThat(rows()).containsExactly("1 b", "2 a", "3 a");

        // The commit is repeated by a task whose clock is behind.
        note(10, first, second, third);
        load();

        assertThat(rows()).containsExactly("1 c", "2 b", "4 a");
        assertThat(waiting(0).keys()).isEmpty();
    }

    /**
     * Compaction and expiry at any time, so often that a snapshot may be gone while somebody still
     * reads its lists, which is tried again.
     */
    @Test
    void tablesAreKeptInShapeMeanwhile() throws Exception {
        options.put("iceberg.compaction.enabled", "true");
        options.put("iceberg.compaction.min-files", "2");
        options.put("iceberg.compaction.max-delete-files", "0");
        options.put("iceberg.snapshots.max-age", "0 s");
        options.put("iceberg.snapshots.kept", "1");
        options.put("iceberg.upkeep.interval", "1 ms");
        int last = 12;
        try (UpkeepThread upkeep = TableRedrive.keepUp(config(), new UnregisteredMetricsGroup());
                HadoopCatalog catalog = catalog()) {
            for (int i = 1; i <= last; i++) {
                note(i, object("update 1 v" + i, "update 2 v" + i, "delete 2 -", "update 3 v" + i));
                load(upkeep);
            }

            Conditions.until(
                    Duration.ofSeconds(50),
                    "one file of rows, and nothing that is deleted",
                    () -> {
                        upkeep.committed(TABLE.toString());
                        return isOneFile(catalog.loadTable(TABLE));
                    });
        }
        assertThat(rows()).containsExactly("1 v" + last, "3 v" + last);
    }

    private static boolean isOneFile(Table table) throws IOException {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            List<FileScanTask> all = new ArrayList<>();
            tasks.forEach(all::add);
            return all.size() == 1 && all.get(0).deletes().isEmpty();
        }
    }

    private void note(long clock, WaitingObject... given) throws Exception {
        WaitingObjects waiting = waiting(clock);
        for (WaitingObject each : given) {
            waiting.add(each);
        }
    }

    private IcebergConfig config() {
        return IcebergConfig.from(Configuration.fromMap(options), "orders");
    }

    private String warehouse() {
        return folder.resolve("warehouse").toUri().toString();
    }

    private HadoopCatalog catalog() {
        return new HadoopCatalog(new org.apache.hadoop.conf.Configuration(), warehouse());
    }

    private void load() throws Exception {
        load(null);
    }

    private void load(UpkeepThread upkeep) throws Exception {
        TableRounds rounds =
                new TableRounds(config(), objects, () -> new FolderStore(folder), upkeep);
        TableLoader loader =
                new TableLoader(
                        waiting(0),
                        rounds,
                        new StagedTablesMetrics(new UnregisteredMetricsGroup()),
                        Duration.ZERO,
                        RetryClock.SYSTEM);
        if (upkeep == null) {
            // Nothing is tried again, so that a failure shows.
            loader.end();
        }
        loader.drain();
        rounds.failed();
    }

    private WaitingObjects waiting(long clock) {
        return WaitingObjects.inOrder(
                store,
                new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM),
                new LedgerConfig(true, "lake", "_hydrant/ledger/"),
                "orders",
                () -> clock);
    }

    /** An object of these records, each an operation, a key and a value. */
    private WaitingObject object(String... records) {
        UUID id = UUID.randomUUID();
        GrowingBytes content = new GrowingBytes(256);
        long oldest = sequence;
        for (String each : records) {
            String[] words = each.split(" ", -1);
            byte[] payload =
                    "{\"id\":%s,\"op\":\"%s\",\"item\":\"%s\"}"
                            .formatted(words[1], words[0], words[2])
                            .getBytes(StandardCharsets.UTF_8);
            long number = sequence++;
            DeliveryRecord record =
                    Waiting.of(
                            DeliveryRecord.deliver(
                                    new Envelope(
                                            "in",
                                            "shard-0",
                                            String.valueOf(number),
                                            0,
                                            "k",
                                            number,
                                            payload,
                                            0,
                                            payload.length)));
            new DeadLetterFormat()
                    .encode(
                            record.envelope(),
                            record.part(),
                            record.failure(),
                            record.partition(),
                            content);
        }
        String key = "iceberg-waiting/" + id;
        store.putIfAbsent("lake", key, id.toString(), content.toByteArray());
        return new WaitingObject(id, "lake", key, content.length(), records.length, oldest);
    }

    private List<String> rows() throws Exception {
        List<String> rows = new ArrayList<>();
        try (HadoopCatalog catalog = catalog();
                CloseableIterable<Record> records =
                        IcebergGenerics.read(catalog.loadTable(TABLE)).build()) {
            records.forEach(
                    record -> rows.add(record.getField("id") + " " + record.getField("item")));
        }
        rows.sort(null);
        return rows;
    }
}
