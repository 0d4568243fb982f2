package io.hydrant.iceberg.sink;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.DeleteGranularity;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.flink.data.RowDataProjection;
import org.apache.iceberg.flink.sink.FlinkAppenderFactory;
import org.apache.iceberg.io.BaseTaskWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.WriteResult;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows that replace or remove others: the row to a data file, its key to a delete file. Rows
 * of one key must come to one writer between two commits, for a deletion does not reach rows of its
 * own commit but by their position, which only their writer knows.
 *
 * <p>Source: Iceberg's specification, "Equality Delete Files" (they apply to data with a smaller
 * sequence number).
 */
final class DeltaRowWriter extends BaseTaskWriter<RowData> {

    private final Schema schema;
    private final Schema keySchema;
    private final PartitionKey key;
    private final RowDataWrapper wrapper;
    private final RowDataWrapper keyWrapper;
    private final RowDataProjection keyOf;
    private final List<EarlierPartitionDeletes> earlier;
    private final Map<PartitionKey, Delta> open = new HashMap<>();

    DeltaRowWriter(
            Table table,
            Schema keySchema,
            RowType rowType,
            FileFormat format,
            FlinkAppenderFactory appenders,
            OutputFileFactory files,
            long targetFileSize,
            RowDataWrapper wrapper,
            List<EarlierPartitionDeletes> earlier) {
        super(table.spec(), format, appenders, files, table.io(), targetFileSize);
        this.earlier = earlier;
        this.schema = table.schema();
        this.keySchema = keySchema;
        this.key = new PartitionKey(table.spec(), schema);
        this.wrapper = wrapper;
        this.keyWrapper =
                new RowDataWrapper(FlinkSchemaUtil.convert(keySchema), keySchema.asStruct());
        this.keyOf = RowDataProjection.create(rowType, schema.asStruct(), keySchema.asStruct());
    }

    /** Partitions that files are open for. */
    int openPartitions() {
        int partitions = open.size();
        for (EarlierPartitionDeletes each : earlier) {
            partitions += each.openPartitions();
        }
        return partitions;
    }

    @Override
    public void write(RowData row) throws IOException {
        key.partition(wrapper.wrap(row));
        Delta delta = open.get(key);
        if (delta == null) {
            PartitionKey own = key.copy();
            delta = new Delta(spec().isPartitioned() ? own : null);
            open.put(own, delta);
        }
        RowData keys = keyOf.wrap(row);
        delta.deleteKey(keys);
        for (EarlierPartitionDeletes each : earlier) {
            each.delete(wrapper.wrap(row), keys);
        }
        if (row.getRowKind() != RowKind.DELETE) {
            delta.write(row);
        }
    }

    @Override
    public void close() throws IOException {
        for (Delta each : open.values()) {
            each.close();
        }
        open.clear();
        for (EarlierPartitionDeletes each : earlier) {
            each.close();
        }
    }

    @Override
    public WriteResult complete() throws IOException {
        WriteResult.Builder files = WriteResult.builder().add(super.complete());
        for (EarlierPartitionDeletes each : earlier) {
            files.addDeleteFiles(each.files());
        }
        return files.build();
    }

    @Override
    public void abort() throws IOException {
        super.abort();
        for (EarlierPartitionDeletes each : earlier) {
            each.abort();
        }
    }

    /** The files of a partition. */
    private final class Delta extends BaseEqualityDeltaWriter {

        Delta(PartitionKey partition) {
            super(partition, schema, keySchema, DeleteGranularity.FILE);
        }

        @Override
        protected StructLike asStructLike(RowData row) {
            return wrapper.wrap(row);
        }

        @Override
        protected StructLike asStructLikeKey(RowData row) {
            return keyWrapper.wrap(row);
        }
    }
}
