package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerStore;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.apache.iceberg.catalog.Catalog;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Commits what is due once its checkpoint is complete, table by table, the oldest first, then puts
 * it down in the ledger.
 *
 * <p>A commit comes before its line: a line never promises what is not in a table, and a crash in
 * between repeats both, of which the table refuses the first and the reader of the ledger knows the
 * second by its id.
 */
final class IcebergCommitter implements Committer<TableCommit> {

    private final Catalog catalog;
    private final TableCommits commits;
    private final LedgerStore ledger;
    private final Counter rows;
    private final Counter committed;

    /**
     * A committer that closes the catalog and the ledger.
     *
     * @param ledger null where none is kept
     */
    IcebergCommitter(
            Catalog catalog,
            TableCommits commits,
            LedgerStore ledger,
            Counter rows,
            Counter committed) {
        this.catalog = catalog;
        this.commits = commits;
        this.ledger = ledger;
        this.rows = rows;
        this.committed = committed;
    }

    @Override
    public void commit(Collection<CommitRequest<TableCommit>> requests)
            throws IOException, InterruptedException {
        Map<String, List<TableCommit>> byTable = new TreeMap<>();
        for (CommitRequest<TableCommit> each : requests) {
            TableCommit commit = each.getCommittable();
            byTable.computeIfAbsent(commit.table(), table -> new ArrayList<>()).add(commit);
        }
        for (List<TableCommit> due : byTable.values()) {
            due.sort(Comparator.comparingLong(commit -> commit.mark().own().checkpoint()));
            rows.inc(commits.commit(due));
            committed.inc();
            putDown(due);
        }
    }

    private void putDown(List<TableCommit> done) throws IOException, InterruptedException {
        List<LedgerEntry> entries =
                done.stream().map(TableCommit::entry).filter(Objects::nonNull).toList();
        if (ledger != null && !entries.isEmpty()) {
            ledger.write(entries);
        }
    }

    @Override
    public void close() throws IOException {
        if (ledger != null) {
            ledger.close();
        }
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
