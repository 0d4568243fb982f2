package io.hydrant.launcher.tryout;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.sink.TableTrial;
import io.hydrant.iceberg.sink.TriedRow;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes down the rows that records would become in tables of Iceberg, a file for each table and a
 * line for each row: {@code {"operation":"insert","row":{…}}}.
 */
final class TriedTables implements AutoCloseable {

    private final TableTrial trial;
    private final Path folder;
    private final Map<String, Tried> tables = new TreeMap<>();

    /** What came of one table. */
    private static final class Tried {
        private final Path file;
        private final BufferedWriter lines;
        private final Map<String, Long> operations = new TreeMap<>();

        Tried(Path file) throws IOException {
            this.file = file;
            this.lines = Files.newBufferedWriter(file);
        }
    }

    private TriedTables(TableTrial trial, Path folder) {
        this.trial = trial;
        this.folder = folder;
    }

    /**
     * Opens the catalog, to read what tables there are.
     *
     * @param folder where the files are made
     */
    static TriedTables open(IcebergConfig config, Path folder) throws IOException {
        Files.createDirectories(folder);
        return new TriedTables(TableTrial.open(config), folder);
    }

    /** What a record would become: itself where it is a row now, else a dead letter. */
    DeliveryRecord take(DeliveryRecord record) throws IOException {
        TriedRow row = trial.judge(record);
        if (row.row() != null) {
            Tried table = tables.get(row.table());
            if (table == null) {
                table = new Tried(folder.resolve(fileName(row.table())));
                tables.put(row.table(), table);
            }
            table.operations.merge(row.operation(), 1L, Long::sum);
            table.lines
                    .append("{\"operation\":\"")
                    .append(row.operation())
                    .append("\",\"row\":")
                    .append(row.row())
                    .append("}\n");
        }
        return row.record();
    }

    /** Names of tables may be data; two of them never share a file. */
    private static String fileName(String table) {
        String name = table.replaceAll("[^A-Za-z0-9._-]", "_");
        return name.equals(table)
                ? name + ".jsonl"
                : name + '-' + UUID.nameUUIDFromBytes(table.getBytes(UTF_8)) + ".jsonl";
    }

    /** Says what would be in which table. */
    void report(PrintWriter text) {
        tables.forEach(
                (name, table) ->
                        table.operations.forEach(
                                (operation, rows) ->
                                        text.printf(
                                                Locale.ROOT,
                                                "table  %,8d × %-6s in %s  %s%n",
                                                rows,
                                                operation,
                                                name,
                                                table.file)));
        trial.changes().forEach(text::println);
        text.println("No table was touched");
    }

    void flush() throws IOException {
        for (Tried each : tables.values()) {
            each.lines.flush();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Tried each : tables.values()) {
                each.lines.close();
            }
        } finally {
            trial.close();
        }
    }
}
