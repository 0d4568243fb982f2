package io.hydrant.iceberg.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.audit.TableAudit;
import io.hydrant.iceberg.audit.TableReads;
import io.hydrant.iceberg.audit.TablesReport;
import io.hydrant.iceberg.upkeep.TableUpkeep;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What a ledger and a table prove together, commit by commit. */
@Timeout(60)
class CommitProofTest {

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final IcebergConfig config = Deliveries.config();
    private final Deliveries delivery = new Deliveries(catalog, config);
    private final Deliveries byKey =
            new Deliveries(
                    catalog,
                    Deliveries.config(
                            "iceberg.tables", Deliveries.BY_KEY,
                            "iceberg.route.query", "{operation:.op}",
                            "iceberg.schema.unknown-fields", "IGNORE",
                            "iceberg.write.max-keys-in-memory", "1"));
    private final TableAudit audit = new TableAudit();
    private final List<LedgerEntry> held = new ArrayList<>();

    /** Waits for nothing. */
    private static final RetryClock AT_ONCE =
            new RetryClock() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public void pause(Duration length) {
                    // Time stands still.
                }
            };

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void everyCommitIsInTheTableWithItsRows() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);

        assertThat(judge().text())
                .startsWith("IN THE TABLES: ")
                .contains(
                        "shop.orders: 2 commits with 3 records, 2 files; 3 rows, 3 by its commits");
        assertThat(held).hasSize(2);
    }

    @Test
    void aCommitThatIsRepeatedCountsOnce() throws Exception {
        TableCommit commit = commit(delivery, "a@1", 1, 2);
        delivery.committer().commit(List.of(commit));
        delivery.committer().commit(List.of(commit));
        audit.committed(commit.entry());
        audit.committed(commit.entry());

        assertThat(judge().agree()).isTrue();
        assertThat(held).hasSize(1);
    }

    @Test
    void rowsThatWereThereBeforeAreNoneOfTheDelivery() throws Exception {
        commitForeign();
        deliver("a@1", 1, 2);

        assertThat(judge().text()).contains("3 rows, 3 by its commits");
    }

    @Test
    void rowsThatComeWhileTheyAreCountedAreCounted() throws Exception {
        TableCommit first = commit(delivery, "a@1", 1, 2);
        catalog.beforeNextCommit(this::commitForeign);
        delivery.committer(AT_ONCE).commit(List.of(first));
        audit.committed(first.entry());

        assertThat(judge().text()).contains("3 rows, 3 by its commits");
    }

    @Test
    void whatAnOlderReleaseCommittedWasThereBefore() throws Exception {
        append("hydrant.commit.orders", "a@1");
        deliver("a@2", 1, 2);

        assertThat(judge().text()).contains("3 rows, 3 by its commits");
        assertThat(delivery.committer().commit(List.of(commit(delivery, "a@1", 1, 1)))).isZero();
    }

    @Test
    void rowsOfOthersBetweenCommitsAreReportedAndNoObstacle() throws Exception {
        deliver("a@1", 1, 2);
        commitForeign();
        deliver("a@2", 3, 1);

        TablesReport report = judge();

        assertThat(report.agree()).isFalse();
        assertThat(report.text())
                .contains("has 4 rows, 3 by its commits: 1 rows too many, doubled or of others")
                .contains("others committed snapshot ", "(append, +1 rows)");
        assertThat(held).hasSize(2);
        assertThat(judge(config, false, false).agree()).isTrue();
    }

    @Test
    void rowsThatOthersRemovedAreLost() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);
        table().newDelete().deleteFile(anyFile()).commit();

        assertThat(judge().text()).containsPattern("by its commits: \\d rows are lost; others ");
    }

    @Test
    void aFileThatIsGoneIsFound() throws Exception {
        deliver("a@1", 1, 2);
        DataFile file = anyFile();
        table().io().deleteFile(file.location());

        assertThat(judge().text()).contains(file.location() + " is a file of the table and is not");
    }

    @Test
    void twoDeliveriesIntoOneTableCountForEachOther() throws Exception {
        IcebergConfig returns = Deliveries.config("iceberg.commit.id", "returns");
        Deliveries other = new Deliveries(catalog, returns);
        deliver("a@1", 1, 2);
        TableCommit theirs = commit(other, "b@1", 1, 1);
        other.committer().commit(List.of(theirs));
        deliver("a@2", 3, 1);

        assertThat(judge().text()).contains("2 commits with 3 records", "4 rows, 4 by its commits");
        TableAudit ofOther = new TableAudit();
        ofOther.committed(theirs.entry());
        assertThat(judge(ofOther, returns).text())
                .contains("1 commits with 1 records", "4 rows, 4 by its commits");
    }

    @Test
    void compactionAndExpiryLeaveTheProof() throws Exception {
        for (int i = 1; i <= 12; i++) {
            deliver("a@" + i, i, 1);
        }
        TableUpkeep upkeep =
                new TableUpkeep(
                        catalog,
                        Deliveries.config(
                                        "iceberg.compaction.enabled", "true",
                                        "iceberg.snapshots.max-age", "0 s",
                                        "iceberg.snapshots.kept", "1")
                                .upkeep(),
                        CommitHistory.key(Deliveries.DELIVERY),
                        Clock.systemUTC());
        upkeep.run(Deliveries.NAME);
        assertThat(table().snapshots()).hasSizeLessThan(12);

        assertThat(judge().text())
                .contains("12 commits with 12 records, 1 files; 12 rows, 12 by its commits");
        assertThat(held).hasSize(12);
    }

    @Test
    void aCommitThatWasRolledBackIsFound() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);
        rollBackOne();

        TablesReport report = judge();

        assertThat(report.text())
                .contains("1 commits with 1 records are in the ledger and not in shop.orders")
                .contains("the first is a@2");
        assertThat(held).hasSize(1);
    }

    @Test
    void allCommitsRolledBackAreFound() throws Exception {
        commitForeign();
        deliver("a@1", 1, 2);
        rollBackOne();

        assertThat(judge().text())
                .contains("1 commits with 2 records are in the ledger and not in shop.orders")
                .contains("has 1 rows, 3 by its commits: 2 rows are lost");
        assertThat(held).isEmpty();
    }

    @Test
    void aCommitThatWasRolledBackAndMadeAgainIsNoLoss() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);
        rollBackOne();
        // The job goes on from the checkpoint before, and takes more records at once.
        deliver("a@1,b@2", 3, 2);

        TablesReport report = judge();

        assertThat(report.agree()).as(report.text()).isTrue();
        assertThat(report.text()).contains("rolled back: 1 commits with 1 records");
        assertThat(held).hasSize(2);
    }

    @Test
    void aCommitThatWasRolledBackUnderARunningJobIsFound() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);
        rollBackOne();
        deliver("a@3", 4, 1);

        assertThat(judge().text())
                .contains("1 commits with 1 records are in the ledger and not in shop.orders");
        assertThat(held).hasSize(2);
    }

    @Test
    void aCommitThatWasRolledBackIsFoundWhenSnapshotsHaveExpired() throws Exception {
        deliver("a@1", 1, 2);
        deliver("a@2", 3, 1);
        rollBackOne();
        deliver("a@3", 4, 1);
        table().expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
        assertThat(table().snapshots()).hasSize(1);

        assertThat(judge().text())
                .contains("holds commits with 3 rows by its own total, and the ledger has 4");
    }

    @Test
    void aTableThatIsGoneIsFound() throws Exception {
        deliver("a@1", 1, 2);
        catalog.dropTable(Deliveries.TABLE);

        assertThat(judge().text())
                .contains("shop.orders is not in the catalog, and the ledger has");
    }

    @Test
    void aTableThatNothingWentToIsNotSpokenOf() throws Exception {
        catalog.dropTable(Deliveries.TABLE);

        assertThat(judge().tables()).isEmpty();
        assertThat(judge().agree()).isTrue();
    }

    @Test
    void rowsByKeyAreInTheirCommitsAndTheirNumberProvesNothing() throws Exception {
        TableCommit first = byKey.commit("a@1", row(1), row(2), row(1));
        byKey.committer().commit(List.of(first));
        audit.committed(first.entry());
        assertThat(table().snapshots())
                .as("a step for each key, and the commit itself")
                .hasSizeGreaterThan(1)
                .allMatch(CommitHistory::isOfHydrant);

        TablesReport report = judge(config, true, true);

        assertThat(report.agree()).as(report.text()).isTrue();
        assertThat(report.text())
                .contains("; 2 rows\n")
                .contains("rows replace one another by key, so their number proves nothing");
        assertThat(held).hasSize(1);
    }

    @Test
    void rowsThatOthersDeleteByKeyMustBeRead() throws Exception {
        deliver("a@1", 1, 2);
        TableCommit foreign = byKey.commit("x@1", "{\"id\":1,\"op\":\"delete\"}");
        var files = StagedManifests.read(table(), foreign.steps().get(0));
        var delta = table().newRowDelta();
        files.deletes().forEach(delta::addDeletes);
        delta.commit();

        assertThat(judge().text()).contains("has rows deleted by key, by others", "--read-back");
        assertThat(judge(config, true, true).text())
                .contains("has 1 rows, 2 by its commits: 1 rows are lost");
    }

    private void deliver(String mark, long first, int records) throws Exception {
        TableCommit commit = commit(delivery, mark, first, records);
        delivery.committer().commit(List.of(commit));
        audit.committed(commit.entry());
    }

    /** A commit of records that are in the stream one after the other. */
    private static TableCommit commit(Deliveries delivery, String mark, long first, int records)
            throws Exception {
        String[] rows = new String[records];
        for (int i = 0; i < records; i++) {
            rows[i] = row(first + i);
        }
        TableCommit commit = delivery.commit(mark, rows);
        ShardTally tally =
                new ShardTally(
                        "s",
                        "shard-0",
                        String.valueOf(first),
                        0,
                        String.valueOf(first + records - 1),
                        0,
                        records,
                        first);
        LedgerEntry entry =
                new LedgerEntry(
                        UUID.randomUUID(),
                        EntryKind.DATA,
                        commit.entry().object(),
                        0,
                        0,
                        records,
                        0,
                        0,
                        List.of(tally),
                        Deliveries.DELIVERY,
                        "1");
        return new TableCommit(commit.table(), commit.mark(), commit.rows(), commit.steps(), entry);
    }

    private static String row(long id) {
        return "{\"id\":" + id + ",\"item\":\"i\"}";
    }

    private TablesReport judge() throws Exception {
        return judge(config, true, false);
    }

    private TablesReport judge(IcebergConfig of, boolean countRows, boolean readBack)
            throws Exception {
        held.clear();
        try (TableReads reads = new TableReads(of, catalog)) {
            return reads.judge(audit, countRows, readBack, held::add);
        }
    }

    private TablesReport judge(TableAudit other, IcebergConfig of) throws Exception {
        try (TableReads reads = new TableReads(of, catalog)) {
            return reads.judge(other, true, false, held::add);
        }
    }

    private Table table() {
        return catalog.loadTable(Deliveries.TABLE);
    }

    private void rollBackOne() {
        Table table = table();
        table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
    }

    private void commitForeign() {
        append(null, null);
    }

    /** Appends a row, as somebody else. */
    private void append(String key, String value) {
        try {
            Table table = table();
            StagedManifests.Files files =
                    StagedManifests.read(table, delivery.commit("x@1", row(1000)).steps().get(0));
            AppendFiles append = table.newAppend();
            files.data().forEach(append::appendFile);
            if (key != null) {
                append.set(key, value);
            }
            append.commit();
        } catch (Refusal e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataFile anyFile() throws IOException {
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            return tasks.iterator().next().file();
        }
    }
}
