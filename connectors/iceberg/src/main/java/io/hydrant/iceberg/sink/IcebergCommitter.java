package io.hydrant.iceberg.sink;

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
import java.util.TreeMap;

/** Commits what is due once its checkpoint is complete, table by table, the oldest first. */
final class IcebergCommitter implements Committer<TableCommit> {

    private final Catalog catalog;
    private final TableCommits commits;
    private final Counter rows;
    private final Counter committed;

    IcebergCommitter(Catalog catalog, TableCommits commits, Counter rows, Counter committed) {
        this.catalog = catalog;
        this.commits = commits;
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
        }
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
