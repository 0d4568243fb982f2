package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes the rows of a task to the files of their tables; at a checkpoint all files are finished.
 */
final class IcebergWriter implements CommittingSinkWriter<TableRow, WrittenFiles> {

    private final Catalog catalog;
    private final IcebergConfig config;
    private final int subtask;
    private final int attempt;
    private final Counter rows;
    private final Map<String, TableWriter> tables = new HashMap<>();

    IcebergWriter(Catalog catalog, IcebergConfig config, int subtask, int attempt, Counter rows) {
        this.catalog = catalog;
        this.config = config;
        this.subtask = subtask;
        this.attempt = attempt;
        this.rows = rows;
    }

    @Override
    public void write(TableRow row, Context context) throws IOException {
        TableWriter writer = tables.get(row.table());
        if (writer == null) {
            writer = open(row.table());
            tables.put(row.table(), writer);
        }
        writer.write(row);
        rows.inc();
    }

    private TableWriter open(String table) throws IOException {
        try {
            return new TableWriter(
                    table,
                    catalog.loadTable(TableIdentifier.parse(table)),
                    config,
                    subtask,
                    attempt);
        } catch (NoSuchTableException e) {
            throw new IOException("Table " + table + " is gone since its records were judged", e);
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        // Files are finished where they are handed over.
    }

    @Override
    public Collection<WrittenFiles> prepareCommit() throws IOException {
        List<WrittenFiles> written = new ArrayList<>();
        for (TableWriter table : tables.values()) {
            written.addAll(table.complete());
        }
        // The next row finds its table as it is then, and tables without rows cost nothing.
        tables.clear();
        return written;
    }

    @Override
    public void close() throws IOException {
        for (Iterator<TableWriter> each = tables.values().iterator(); each.hasNext(); ) {
            each.next().abort();
            each.remove();
        }
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
