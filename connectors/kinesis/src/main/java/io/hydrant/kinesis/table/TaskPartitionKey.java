package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.PartitionKey;

import org.apache.flink.table.data.RowData;

/**
 * One partition key for all rows of a task, so that they stay in one shard while the stream keeps
 * its shards. Each task has a copy of its own, and a copy draws its key when it gets the first row;
 * after a restart it is another one.
 */
final class TaskPartitionKey implements PartitionKey<RowData> {

    private static final long serialVersionUID = 1L;

    private transient String key;

    @Override
    public String of(RowData row) {
        if (key == null) {
            key = PartitionKey.<RowData>random().of(row);
        }
        return key;
    }
}
