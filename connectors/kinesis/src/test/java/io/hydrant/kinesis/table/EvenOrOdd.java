package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.PartitionKey;

import org.apache.flink.table.data.RowData;

/** A user's own partitioner: it looks at the first column, a BIGINT. */
public final class EvenOrOdd implements PartitionKey<RowData> {

    private static final long serialVersionUID = 1L;

    @Override
    public String of(RowData row) {
        return row.getLong(0) % 2 == 0 ? "even" : "odd";
    }
}
