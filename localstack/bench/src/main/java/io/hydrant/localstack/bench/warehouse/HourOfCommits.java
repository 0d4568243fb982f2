package io.hydrant.localstack.bench.warehouse;

import io.hydrant.iceberg.upkeep.TableUpkeep;
import io.hydrant.iceberg.upkeep.UpkeepConfig;
import io.hydrant.localstack.bench.cases.FlightLines;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * An hour of commits every ten seconds, without waiting for it: each commit adds a file of every
 * task, and every five minutes of that time comes the upkeep that a job has beside the delivery.
 *
 * <p>All sizes are a sixty-fourth, so that an hour of some gigabytes fits a small machine: a file
 * of 2 MiB stands for one of 128 MiB.
 */
final class HourOfCommits {

    private static final int SCALE = 64;
    private static final long LARGE_BYTES = (128L << 20) / SCALE;
    private static final long TARGET_BYTES = (192L << 20) / SCALE;
    private static final int COMMITS_PER_UPKEEP = 30;
    private static final int MIN_FILES = 10;
    private static final String NAME = "hour";

    private final WarehouseSettings settings;
    private final FlightLines lines;
    private long next;
    private long committed;
    private long committedBytes;
    private long committedLargeBytes;

    HourOfCommits(WarehouseSettings settings, FlightLines lines) {
        this.settings = settings;
        this.lines = lines;
    }

    HourFigures run() throws IOException {
        try (IcebergTables tables = new IcebergTables(settings.work())) {
            tables.create(NAME);
            TableIdentifier identifier = TableIdentifier.of(FlightTable.DATABASE, NAME);
            Table table = tables.catalog().loadTable(identifier);
            scaleDown(table);
            UpkeepConfig config =
                    new UpkeepConfig(
                            true, TARGET_BYTES, MIN_FILES, null, Duration.ofMinutes(5), null, 1);
            TableUpkeep upkeep = new TableUpkeep(tables.catalog(), config, NAME, Clock.systemUTC());
            long rowsPerFile =
                    Math.max(1, settings.rows() / settings.commits() / settings.parallelism());
            for (int commit = 1; commit <= settings.commits(); commit++) {
                commit(table, commit, rowsPerFile);
                if (commit % COMMITS_PER_UPKEEP == 0) {
                    upkeep.run(identifier.toString());
                    table.refresh();
                }
            }
            return figures(table);
        }
    }

    /**
     * Where files are cut depends on how much of one is still in memory, so that is scaled, too.
     */
    private static void scaleDown(Table table) {
        table.updateProperties()
                .set(
                        TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                        String.valueOf(
                                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT / SCALE))
                .set(
                        TableProperties.PARQUET_PAGE_SIZE_BYTES,
                        String.valueOf(TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT / SCALE))
                .set(
                        TableProperties.PARQUET_DICT_SIZE_BYTES,
                        String.valueOf(TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT / SCALE))
                .commit();
    }

    private void commit(Table table, int commit, long rowsPerFile) throws IOException {
        AppendFiles append = table.newAppend();
        for (int task = 0; task < settings.parallelism(); task++) {
            DataFile file = write(table, commit + "-" + task, rowsPerFile);
            committed++;
            committedBytes += file.fileSizeInBytes();
            committedLargeBytes += largeBytes(file);
            append.appendFile(file);
        }
        append.commit();
    }

    private DataFile write(Table table, String name, long rows) throws IOException {
        String location = table.locationProvider().newDataLocation(name + ".parquet");
        DataWriter<Record> writer =
                new GenericAppenderFactory(table.schema(), table.spec())
                        .newDataWriter(
                                EncryptedFiles.encryptedOutput(
                                        table.io().newOutputFile(location),
                                        EncryptionKeyMetadata.EMPTY),
                                FileFormat.PARQUET,
                                null);
        try (writer) {
            for (long i = 0; i < rows; i++) {
                writer.write(FlightTable.row(lines.line(next++)));
            }
        }
        return writer.toDataFile();
    }

    private HourFigures figures(Table table) throws IOException {
        long rewritten = 0;
        for (Snapshot snapshot : table.snapshots()) {
            if (snapshot.operation().equals(DataOperations.REPLACE)) {
                rewritten +=
                        Long.parseLong(
                                snapshot.summary().get(SnapshotSummary.ADDED_FILE_SIZE_PROP));
            }
        }
        long files = 0;
        long bytes = 0;
        long large = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                files++;
                bytes += task.file().fileSizeInBytes();
                large += largeBytes(task.file());
            }
        }
        return new HourFigures(
                settings.commits(),
                committed,
                committedBytes * SCALE,
                committedLargeBytes * SCALE,
                rewritten * SCALE,
                files,
                bytes * SCALE,
                large * SCALE);
    }

    private static long largeBytes(DataFile file) {
        return file.fileSizeInBytes() >= LARGE_BYTES ? file.fileSizeInBytes() : 0;
    }
}
