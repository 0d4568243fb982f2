package io.hydrant.iceberg.audit;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.iceberg.route.TargetTable;
import io.hydrant.iceberg.sink.CommitHistory;
import io.hydrant.iceberg.sink.CommitMark;
import io.hydrant.iceberg.sink.RowTotal;

import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads what tables say of themselves, and whether their files are there. */
public final class TableReads implements AutoCloseable {

    /** A table that is compacted or expired meanwhile loses files that were just listed. */
    private static final int ATTEMPTS = 5;

    private final IcebergConfig config;
    private final Catalog catalog;

    /**
     * Opens the catalog.
     *
     * @throws IOException if that cannot be; the message says what to mend
     */
    public TableReads(IcebergConfig config) throws IOException {
        this(config, open(config));
    }

    /**
     * The same with a catalog that is open.
     *
     * @param catalog is closed with this, where it can be closed
     */
    public TableReads(IcebergConfig config, Catalog catalog) {
        this.config = Objects.requireNonNull(config, "config");
        this.catalog = catalog;
    }

    private static Catalog open(IcebergConfig config) throws IOException {
        try {
            return new CatalogConnection(config.catalog().forReading()).loadCatalog();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Judges every table that the audit or the configuration knows.
     *
     * @param countRows whether they must have the rows of their commits, and no others
     * @param readBack whether every row is read
     * @param held takes the entries of those commits that are in their tables
     * @throws IOException if the catalog or a table cannot be read
     */
    public TablesReport judge(
            TableAudit audit, boolean countRows, boolean readBack, Consumer<LedgerEntry> held)
            throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>(audit.tables());
        for (TargetTable each : config.tables()) {
            names.add(each.fullName());
        }
        List<TableReport> reports = new ArrayList<>();
        for (String each : names) {
            TableFacts facts = facts(each, readBack);
            // What the configuration names and nothing was delivered to may not be made yet.
            if (facts.exists() || audit.tables().contains(each)) {
                reports.add(audit.judge(facts, countRows, held));
            }
        }
        return new TablesReport(reports);
    }

    private TableFacts facts(String name, boolean readBack)
            throws IOException, InterruptedException {
        try {
            Table table = catalog.loadTable(TableIdentifier.parse(name));
            TableFacts facts = facts(name, table, readBack);
            for (int i = 1; i < ATTEMPTS && !facts.spoiltFiles().isEmpty(); i++) {
                Snapshot before = table.currentSnapshot();
                table.refresh();
                if (Objects.equals(before, table.currentSnapshot())) {
                    break;
                }
                facts = facts(name, table, readBack);
            }
            return facts;
        } catch (NoSuchTableException e) {
            return TableFacts.ofNone(name);
        } catch (RuntimeException e) {
            throw new IOException("Table " + name + " cannot be read: " + e, e);
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    "Table "
                            + name
                            + " cannot be read, since the class "
                            + e.getMessage()
                            + " is missing; name its jar in HYDRANT_CLASSPATH",
                    e);
        }
    }

    private TableFacts facts(String name, Table table, boolean readBack)
            throws IOException, InterruptedException {
        List<CommitMark> visible = new ArrayList<>();
        Set<CommitMark.Point> redrives = new HashSet<>();
        List<ForeignCommit> foreign = new ArrayList<>();
        boolean isWhole = true;
        for (Snapshot each : CommitHistory.ofTable(table)) {
            isWhole = each.parentId() == null;
            CommitMark mark = CommitHistory.of(each, config.commitId());
            CommitMark redriven =
                    CommitHistory.of(each, CommitHistory.redriveId(config.commitId()));
            if (mark != null) {
                visible.add(mark);
            } else if (redriven != null) {
                redrives.add(redriven.own());
            } else if (!CommitHistory.isOfHydrant(each)
                    && !DataOperations.REPLACE.equals(each.operation())) {
                foreign.add(
                        new ForeignCommit(
                                each.snapshotId(),
                                each.timestampMillis(),
                                each.operation(),
                                number(each, SnapshotSummary.ADDED_RECORDS_PROP),
                                number(each, SnapshotSummary.DELETED_RECORDS_PROP)));
            }
        }
        TableFiles files = TableFiles.of(table);
        List<String> spoilt = files.check(table);
        long rows = files.rows();
        if (readBack && spoilt.isEmpty()) {
            rows = read(table);
        }
        return new TableFacts(
                name,
                true,
                visible,
                redrives,
                isWhole,
                CommitHistory.last(table, config.commitId()),
                RowTotal.ofBoth(
                        CommitHistory.total(table, config.commitId()),
                        CommitHistory.total(table, CommitHistory.redriveId(config.commitId()))),
                CommitHistory.expectedRows(table),
                rows,
                files.count(),
                spoilt,
                foreign);
    }

    private static long read(Table table) throws IOException {
        long rows = 0;
        if (table.currentSnapshot() == null) {
            return rows;
        }
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table)
                        .useSnapshot(table.currentSnapshot().snapshotId())
                        .build()) {
            for (Record each : records) {
                Objects.requireNonNull(each, "each");
                rows++;
            }
        }
        return rows;
    }

    private static long number(Snapshot snapshot, String name) {
        return snapshot.summary() == null
                ? 0
                : Long.parseLong(snapshot.summary().getOrDefault(name, "0"));
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
