package io.hydrant.iceberg.audit;

import io.hydrant.iceberg.sink.RowTotal;

import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The files of a table's present snapshot. Memory grows with their number. */
final class TableFiles {

    private static final int THREADS = 16;

    /** Sizes by location. */
    private final Map<String, Long> sizes = new TreeMap<>();

    private long rows;

    private TableFiles() {}

    static TableFiles of(Table table) throws IOException {
        TableFiles files = new TableFiles();
        if (table.currentSnapshot() != null) {
            Map<String, DeleteFile> deletes = new TreeMap<>();
            try (CloseableIterable<FileScanTask> tasks =
                    table.newScan().useSnapshot(table.currentSnapshot().snapshotId()).planFiles()) {
                for (FileScanTask each : tasks) {
                    files.add(each.file());
                    files.rows += each.file().recordCount();
                    each.deletes().forEach(delete -> deletes.put(name(delete), delete));
                }
            }
            deletes.values().forEach(files::addDeletes);
        }
        return files;
    }

    /** Several deletions by position may lie in one file. */
    private static String name(DeleteFile delete) {
        return delete.location() + '#' + delete.contentOffset();
    }

    private void addDeletes(DeleteFile delete) {
        add(delete);
        if (delete.content() == FileContent.EQUALITY_DELETES) {
            rows = RowTotal.UNKNOWN;
        } else if (rows != RowTotal.UNKNOWN) {
            rows -= delete.recordCount();
        }
    }

    private void add(ContentFile<?> file) {
        sizes.put(file.location(), file.fileSizeInBytes());
    }

    /** Files that there must be. */
    long count() {
        return sizes.size();
    }

    /** Rows, {@link RowTotal#UNKNOWN} where some are deleted by key. */
    long rows() {
        return rows;
    }

    /** Looks for all of them; what is wrong with those that are not as they should be. */
    List<String> check(Table table) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> checks = new ArrayList<>();
            for (Map.Entry<String, Long> each : sizes.entrySet()) {
                checks.add(threads.submit(() -> problem(table, each.getKey(), each.getValue())));
            }
            List<String> problems = new ArrayList<>();
            for (Future<String> each : checks) {
                String problem = each.get();
                if (problem != null) {
                    problems.add(problem);
                }
            }
            return problems;
        } catch (ExecutionException e) {
            throw new IOException(
                    "The files of table " + table.name() + " cannot be looked for: " + e.getCause(),
                    e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String problem(Table table, String location, long size) {
        try {
            InputFile file = table.io().newInputFile(location);
            if (file.exists()) {
                long length = file.getLength();
                return length == size
                        ? null
                        : String.format(
                                Locale.ROOT,
                                "%s has %,d bytes, %,d by the table: it was changed",
                                location,
                                length,
                                size);
            }
        } catch (NotFoundException e) {
            // Some file systems say so by it, and it is not there either way.
        }
        return location + " is a file of the table and is not there: its rows are lost";
    }
}
