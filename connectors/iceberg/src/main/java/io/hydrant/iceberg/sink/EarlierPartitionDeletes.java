package io.hydrant.iceberg.sink;

import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.flink.sink.FlinkAppenderFactory;
import org.apache.iceberg.io.OutputFileFactory;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes rows by key that were written when the table was partitioned otherwise: a deletion by key
 * reaches only data of its own partition spec, so each spec of the past needs one.
 *
 * <p>Source: Iceberg's specification, "Scan Planning" (an equality delete file applies to data
 * files of the same partition, spec and values, or to all where its spec is unpartitioned).
 */
final class EarlierPartitionDeletes implements Closeable {

    private final Table table;
    private final PartitionSpec spec;
    private final FileFormat format;
    private final FlinkAppenderFactory appenders;
    private final OutputFileFactory files;
    private final PartitionKey key;
    private final Map<PartitionKey, EqualityDeleteWriter<RowData>> open = new HashMap<>();
    private final List<DeleteFile> done = new ArrayList<>();

    /** Deletes under a spec; {@code appenders} write keys under it. */
    EarlierPartitionDeletes(
            Table table,
            PartitionSpec spec,
            FileFormat format,
            FlinkAppenderFactory appenders,
            OutputFileFactory files) {
        this.table = table;
        this.spec = spec;
        this.format = format;
        this.appenders = appenders;
        this.files = files;
        this.key = new PartitionKey(spec, table.schema());
    }

    /** Partitions that files are open for. */
    int openPartitions() {
        return open.size();
    }

    /**
     * Deletes rows.
     *
     * @param row one with the same key, by the table's schema
     * @param keys its key, as it is written
     */
    void delete(StructLike row, RowData keys) throws IOException {
        key.partition(row);
        EqualityDeleteWriter<RowData> writer = open.get(key);
        if (writer == null) {
            PartitionKey own = key.copy();
            StructLike partition = spec.isPartitioned() ? own : null;
            writer =
                    appenders.newEqDeleteWriter(
                            files.newOutputFile(spec, partition), format, partition);
            open.put(own, writer);
        }
        writer.write(keys);
    }

    @Override
    public void close() throws IOException {
        for (EqualityDeleteWriter<RowData> each : open.values()) {
            each.close();
            done.add(each.toDeleteFile());
        }
        open.clear();
    }

    /** The files, once this is closed. */
    List<DeleteFile> files() {
        return done;
    }

    /** Removes the files. */
    void abort() throws IOException {
        close();
        done.forEach(file -> table.io().deleteFile(file.location()));
    }
}
