package io.hydrant.iceberg.upkeep;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteDataFilesCommitManager;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.TaskWriter;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes large files of the small ones of a table.
 *
 * <p>What is planned, read, written and committed is so by Iceberg's own parts. A group of files is
 * replaced in one commit of its own, under the sequence number that the table had when it was read:
 * rows that are removed by key meanwhile are removed from the new files, too, and where a file is
 * gone meanwhile the commit fails and the group is left for the next time.
 *
 * <p>The rows of a group are shared out evenly among its new files. A writer that ends a file when
 * it seems large enough goes by what lies in memory uncompressed: its files may come out so small
 * that they are compacted again the next time, and every time.
 */
final class Compaction {

    private static final double LARGE_ENOUGH = 0.75;

    /**
     * What files are to have at least before they are written anew. Rows take less room in a large
     * file than in small ones, so this is more than what is large enough.
     */
    private static final double LEAST_SHARE = 0.9;

    /** A group is written anew as a whole, so what may be lost by a failure is bounded. */
    private static final int FILES_PER_GROUP = 4;

    private final Table table;
    private final UpkeepConfig config;

    Compaction(Table table, UpkeepConfig config) {
        this.table = table;
        this.config = config;
    }

    /**
     * Compacts what is worth while, group by group, until that is done or this thread is
     * interrupted.
     *
     * @return files that were replaced
     * @throws IOException if files cannot be read or written, or a commit fails; the table is as it
     *     was, or with some groups replaced
     */
    long run() throws IOException {
        if (table.currentSnapshot() == null) {
            return 0;
        }
        long snapshot = table.currentSnapshot().snapshotId();
        BinPackRewriteFilePlanner planner =
                new BinPackRewriteFilePlanner(table, Expressions.alwaysTrue(), snapshot, true);
        planner.init(options());
        RewriteDataFilesCommitManager commits =
                new RewriteDataFilesCommitManager(table, snapshot, true);
        long replaced = 0;
        try (CloseableIterable<RewriteFileGroup> groups = planner.plan().groups()) {
            for (RewriteFileGroup group : groups) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                group.setOutputFiles(rewrite(group));
                commits.commitOrClean(Set.of(group));
                replaced += group.rewrittenFiles().size();
            }
        }
        return replaced;
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put(
                BinPackRewriteFilePlanner.TARGET_FILE_SIZE_BYTES,
                String.valueOf(config.fileSize()));
        options.put(
                BinPackRewriteFilePlanner.MIN_FILE_SIZE_BYTES,
                String.valueOf((long) (config.fileSize() * LARGE_ENOUGH)));
        options.put(
                BinPackRewriteFilePlanner.MAX_FILE_GROUP_SIZE_BYTES,
                String.valueOf(config.fileSize() * FILES_PER_GROUP));
        options.put(BinPackRewriteFilePlanner.MIN_INPUT_FILES, String.valueOf(config.minFiles()));
        if (config.maxDeleteFiles() != null) {
            options.put(
                    BinPackRewriteFilePlanner.DELETE_FILE_THRESHOLD,
                    String.valueOf(config.maxDeleteFiles() + 1L));
        }
        return options;
    }

    private Set<DataFile> rewrite(RewriteFileGroup group) throws IOException {
        RowType rows = FlinkSchemaUtil.convert(table.schema());
        FileFormat format =
                FileFormat.fromString(
                        table.properties()
                                .getOrDefault(
                                        TableProperties.DEFAULT_FILE_FORMAT,
                                        TableProperties.DEFAULT_FILE_FORMAT_DEFAULT));
        RowDataTaskWriterFactory writers =
                new RowDataTaskWriterFactory(
                        () -> table,
                        rows,
                        Long.MAX_VALUE,
                        format,
                        table.properties(),
                        null,
                        false,
                        table.schema(),
                        table.specs().get(group.outputSpecId()));
        writers.initialize(0, 0);
        long rowsPerFile = rowsPerFile(group);
        Set<DataFile> files = new HashSet<>();
        TaskWriter<RowData> writer = writers.create();
        boolean complete = false;
        try (DataIterator<RowData> each = open(group.fileScanTasks())) {
            long rowsInFile = 0;
            while (each.hasNext()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("The compaction of " + table.name() + " is ended");
                }
                if (rowsInFile == rowsPerFile) {
                    files.addAll(Set.of(writer.dataFiles()));
                    writer = writers.create();
                    rowsInFile = 0;
                }
                writer.write(each.next());
                rowsInFile++;
            }
            files.addAll(Set.of(writer.dataFiles()));
            complete = true;
            return files;
        } finally {
            if (!complete) {
                writer.abort();
                files.forEach(file -> table.io().deleteFile(file.location()));
            }
        }
    }

    /** So many that all files get equally many, and none too few. */
    private long rowsPerFile(RewriteFileGroup group) {
        long rowsOfGroup = 0;
        for (FileScanTask each : group.fileScanTasks()) {
            rowsOfGroup += each.estimatedRowsCount();
        }
        return rowsPerFile(rowsOfGroup, group.inputFilesSizeInBytes(), config.fileSize());
    }

    static long rowsPerFile(long rows, long bytes, long fileSize) {
        long files = Math.max(1, (long) (bytes / (fileSize * LEAST_SHARE)));
        return Math.max(1, (rows + files - 1) / files);
    }

    private DataIterator<RowData> open(List<FileScanTask> tasks) {
        CombinedScanTask all = new BaseCombinedScanTask(tasks);
        return new DataIterator<>(
                new RowDataFileScanTaskReader(
                        table.schema(),
                        table.schema(),
                        table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
                        true,
                        List.of()),
                all,
                table.io(),
                table.encryption());
    }
}
