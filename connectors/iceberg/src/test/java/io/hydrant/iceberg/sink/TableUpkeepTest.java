package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.upkeep.TableUpkeep;

import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compaction and expiry beside commits, step by step. */
@Timeout(60)
class TableUpkeepTest {

    private static final int COMMITS = 12;
    private static final int ROWS = 1_600;

    /** Rows of a file of about 1 MB. */
    private static final int LARGE = 7_500;

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final IcebergConfig config =
            Deliveries.config(
                    "iceberg.compaction.enabled", "true",
                    "iceberg.snapshots.max-age", "0 s",
                    "iceberg.snapshots.kept", "1");
    private final IcebergConfig byKey =
            Deliveries.config(
                    "iceberg.tables", Deliveries.BY_KEY,
                    "iceberg.route.query", "{operation:.op}",
                    "iceberg.schema.unknown-fields", "IGNORE",
                    "iceberg.compaction.enabled", "true");
    private final List<TableCommit> committed = new ArrayList<>();

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void manySmallFilesBecomeOneWithTheSameRows() throws Exception {
        commitAll(config);
        List<String> before = Deliveries.rows(catalog);
        assertThat(files()).hasSize(COMMITS);

        assertThat(upkeep(config)).isEqualTo(COMMITS);

        assertThat(files()).hasSize(1);
        assertThat(Deliveries.rows(catalog)).isEqualTo(before).hasSize(COMMITS);
        assertThat(upkeep(config)).as("files the next time").isZero();
    }

    /** What lies in a writer's memory is a multiple of what it is in the file. */
    @Test
    void filesThatCompactionMadeAreLargeEnoughToBeLeftAsTheyAre() throws Exception {
        IcebergConfig small =
                Deliveries.config(
                        "iceberg.compaction.enabled", "true",
                        "iceberg.compaction.file-size", "1 mb");
        Deliveries delivery = new Deliveries(catalog, small);
        Random random = new Random(7);
        for (int i = 1; i <= COMMITS; i++) {
            String[] records = new String[ROWS];
            for (int j = 0; j < records.length; j++) {
                records[j] = record(i * records.length + j, hex(random, 200).repeat(2));
            }
            delivery.committer().commit(List.of(delivery.commit("a@" + i, records)));
        }

        assertThat(upkeep(small)).isEqualTo(COMMITS);

        assertThat(sizes()).hasSizeGreaterThan(1).allMatch(size -> size >= (1 << 20) * 3 / 4);
        assertThat(upkeep(small)).as("files the next time").isZero();
        assertThat(Deliveries.rows(catalog)).hasSize(COMMITS * ROWS).doesNotHaveDuplicates();
    }

    @Test
    void fewFilesAreLeftAsTheyAre() throws Exception {
        Deliveries delivery = new Deliveries(catalog, config);
        delivery.committer().commit(List.of(delivery.commit("a@1", record(1))));
        delivery.committer().commit(List.of(delivery.commit("a@2", record(2))));

        assertThat(upkeep(config)).isZero();
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatWasCommittedIsKnownAgainBehindCompactionAndExpiry() throws Exception {
        commitAll(config);
        upkeep(config);

        Table table = table();
        assertThat(table.currentSnapshot().operation()).isEqualTo(DataOperations.REPLACE);
        assertThat(table.snapshots())
                .as("the compaction, and the newest commit of the delivery")
                .hasSize(2)
                .anyMatch(TableUpkeepTest::hasMark);
        // The snapshots must tell by themselves: what is rolled back is rolled back in them alone.
        table.updateProperties().remove(CommitHistory.key(Deliveries.DELIVERY)).commit();
        Deliveries delivery = new Deliveries(catalog, config);
        assertThat(delivery.committer().commit(committed)).isZero();
        TableCommit fork = delivery.commit("a@3,b@4", record(99));
        assertThatThrownBy(() -> delivery.committer().commit(List.of(fork)))
                .hasMessageContaining("was begun anew, or from a checkpoint that another run");
        TableCommit next = delivery.commit("a@" + (COMMITS + 1), record(100));
        assertThat(delivery.committer().commit(List.of(next))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).hasSize(COMMITS + 1);
    }

    @Test
    void aCommitDuringTheCompactionIsThereAndKnownAgain() throws Exception {
        commitAll(config);
        Deliveries delivery = new Deliveries(catalog, config);
        TableCommit meanwhile = delivery.commit("a@" + (COMMITS + 1), record(100));
        catalog.beforeNextCommit(() -> commit(delivery, meanwhile));

        assertThat(upkeep(config)).isEqualTo(COMMITS);

        assertThat(delivery.committer().commit(List.of(meanwhile))).isZero();
        assertThat(Deliveries.rows(catalog)).hasSize(COMMITS + 1);
    }

    @Test
    void rowsReplacedAndRemovedByKeyStaySo() throws Exception {
        Deliveries delivery = new Deliveries(catalog, byKey);
        for (int i = 1; i <= COMMITS; i++) {
            String again = "{\"id\":1,\"item\":\"v" + i + "\",\"op\":\"update\"}";
            delivery.committer().commit(List.of(delivery.commit("a@" + i, again, record(10 + i))));
        }
        List<String> before = Deliveries.rows(catalog);
        TableCommit removal =
                delivery.commit("a@" + (COMMITS + 1), "{\"id\":15,\"op\":\"delete\"}");
        catalog.beforeNextCommit(() -> commit(delivery, removal));

        assertThat(upkeep(byKey)).isEqualTo(COMMITS);

        before.remove("15 i 15");
        assertThat(Deliveries.rows(catalog))
                .isEqualTo(before)
                .contains("1 v12 null")
                .hasSize(COMMITS);
        assertThat(deleteFiles()).as("those of the removal, which came meanwhile").isEqualTo(1);
    }

    @Test
    void deletionsThatApplyToNothingAnyMoreAreTakenOut() throws Exception {
        Deliveries delivery = new Deliveries(catalog, byKey);
        for (int i = 1; i <= COMMITS; i++) {
            delivery.committer().commit(List.of(delivery.commit("a@" + i, record(1), record(i))));
        }
        List<String> before = Deliveries.rows(catalog);
        assertThat(deleteFiles()).isGreaterThanOrEqualTo(COMMITS);

        upkeep(byKey);

        assertThat(deleteFiles()).isZero();
        assertThat(Deliveries.rows(catalog)).isEqualTo(before).hasSize(COMMITS);
        TableCommit removal = delivery.commit("a@" + (COMMITS + 1), "{\"id\":1,\"op\":\"delete\"}");
        delivery.committer().commit(List.of(removal));
        assertThat(Deliveries.rows(catalog)).hasSize(COMMITS - 1);
        assertThat(delivery.committer().commit(List.of(removal))).isZero();
    }

    @Test
    void aLargeFileIsWrittenAnewOnceMoreDeletionsApplyToItThanMay() throws Exception {
        Deliveries delivery = new Deliveries(catalog, byKey);
        Random random = new Random(7);
        String[] records = new String[LARGE];
        for (int i = 0; i < records.length; i++) {
            records[i] = record(i, hex(random, 200).repeat(2));
        }
        delivery.committer().commit(List.of(delivery.commit("a@1", records)));
        assertThat(sizes()).allMatch(size -> size >= (1 << 20) * 3 / 4);
        TableCommit removal = delivery.commit("a@2", "{\"id\":1,\"op\":\"delete\"}");
        delivery.committer().commit(List.of(removal));

        assertThat(upkeep(small(byKey, "1"))).isZero();
        assertThat(deleteFiles()).isEqualTo(1);
        assertThat(upkeep(small(byKey, "0"))).isEqualTo(1);

        assertThat(deleteFiles()).isZero();
        assertThat(Deliveries.rows(catalog)).hasSize(LARGE - 1);
    }

    private static IcebergConfig small(IcebergConfig delivered, String maxDeleteFiles) {
        return Deliveries.config(
                "iceberg.compaction.enabled",
                "true",
                "iceberg.compaction.file-size",
                "1 mb",
                "iceberg.compaction.max-delete-files",
                maxDeleteFiles,
                "iceberg.commit.id",
                delivered.commitId());
    }

    private long deleteFiles() {
        return Long.parseLong(
                table().currentSnapshot().summary().get(SnapshotSummary.TOTAL_DELETE_FILES_PROP));
    }

    @Test
    void aCommitThatFailsLeavesTheTableAsItWas() throws Exception {
        commitAll(config);
        List<String> before = Deliveries.rows(catalog);
        catalog.beforeNextCommit(
                () -> {
                    throw new ForbiddenException("The test wants it");
                });

        assertThatThrownBy(() -> upkeep(config))
                .isInstanceOf(ForbiddenException.class)
                .hasMessage("The test wants it");

        assertThat(Deliveries.rows(catalog)).isEqualTo(before);
        assertThat(files()).hasSize(COMMITS);
        assertThat(upkeep(config)).as("files the next time").isEqualTo(COMMITS);
    }

    private void commitAll(IcebergConfig delivered) throws Exception {
        Deliveries delivery = new Deliveries(catalog, delivered);
        for (int i = 1; i <= COMMITS; i++) {
            TableCommit commit = delivery.commit("a@" + i, record(i));
            delivery.committer().commit(List.of(commit));
            committed.add(commit);
        }
    }

    private long upkeep(IcebergConfig delivered) throws IOException {
        return new TableUpkeep(
                        catalog,
                        delivered.upkeep(),
                        CommitHistory.key(delivered.commitId()),
                        Clock.systemUTC())
                .run(Deliveries.NAME);
    }

    private static void commit(Deliveries delivery, TableCommit commit) {
        try {
            delivery.committer().commit(List.of(commit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Table table() {
        return catalog.loadTable(Deliveries.TABLE);
    }

    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        }
        return files;
    }

    private List<Long> sizes() throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            tasks.forEach(task -> sizes.add(task.file().fileSizeInBytes()));
        }
        return sizes;
    }

    private static String hex(Random random, int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean hasMark(Snapshot snapshot) {
        return snapshot.summary().containsKey(CommitHistory.key(Deliveries.DELIVERY));
    }

    private static String record(int id) {
        return record(id, "i");
    }

    private static String record(int id, String item) {
        return "{\"id\":" + id + ",\"item\":\"" + item + "\",\"count\":" + id + "}";
    }
}
