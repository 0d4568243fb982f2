package io.hydrant.iceberg.sink;

import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.flink.sink.FlinkAppenderFactory;
import org.apache.iceberg.io.BaseTaskWriter;
import org.apache.iceberg.io.OutputFileFactory;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes rows to add, to one file per partition; finishes the stalest where they are too many. */
final class AppendRowWriter extends BaseTaskWriter<RowData> {

    private final PartitionKey key;
    private final RowDataWrapper wrapper;
    private final int maxOpenFiles;
    private final Map<PartitionKey, RollingFileWriter> open = new LinkedHashMap<>(16, 0.75f, true);

    AppendRowWriter(
            Table table,
            FileFormat format,
            FlinkAppenderFactory appenders,
            OutputFileFactory files,
            long targetFileSize,
            RowDataWrapper wrapper,
            int maxOpenFiles) {
        super(table.spec(), format, appenders, files, table.io(), targetFileSize);
        this.key = new PartitionKey(table.spec(), table.schema());
        this.wrapper = wrapper;
        this.maxOpenFiles = maxOpenFiles;
    }

    @Override
    public void write(RowData row) throws IOException {
        key.partition(wrapper.wrap(row));
        RollingFileWriter writer = open.get(key);
        if (writer == null) {
            PartitionKey own = key.copy();
            writer = new RollingFileWriter(spec().isPartitioned() ? own : null);
            makeRoom();
            open.put(own, writer);
        }
        writer.write(row);
    }

    private void makeRoom() throws IOException {
        if (open.size() >= maxOpenFiles) {
            Iterator<RollingFileWriter> stalest = open.values().iterator();
            stalest.next().close();
            stalest.remove();
        }
    }

    @Override
    public void close() throws IOException {
        for (Iterator<RollingFileWriter> each = open.values().iterator(); each.hasNext(); ) {
            each.next().close();
            each.remove();
        }
    }
}
