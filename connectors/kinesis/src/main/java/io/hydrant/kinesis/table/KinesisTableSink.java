package io.hydrant.kinesis.table;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.PartitionKey;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import java.util.Map;

/**
 * Writes a table to Kinesis, at least once, as {@link KinesisSink} does.
 *
 * @param stream the stream behind the table
 * @param client how to reach it
 * @param config how to write to it
 * @param format makes payloads of rows
 * @param physicalType the columns of the table
 * @param partitionKey gives a row its partition key, or null to leave that to the configuration
 * @param parallelism writers, or null for as many as the query's last step has
 */
record KinesisTableSink(
        WrittenStream stream,
        AwsClientConfig client,
        KinesisSinkConfig config,
        EncodingFormat<SerializationSchema<RowData>> format,
        DataType physicalType,
        PartitionKey<? super RowData> partitionKey,
        Integer parallelism)
        implements DynamicTableSink, SupportsPartitioning {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return format.getChangelogMode();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        KinesisSink.Builder<RowData> sink =
                stream.into(KinesisSink.<RowData>builder())
                        .client(client)
                        .config(config)
                        .serializer(format.createRuntimeEncoder(context, physicalType));
        if (partitionKey != null) {
            sink.partitionKey(partitionKey);
        }
        return SinkV2Provider.of(sink.build(), parallelism);
    }

    /**
     * Does nothing, because the planner puts the values of {@code PARTITION (…)} into the rows, and
     * the partition key is made of what a row holds, however it came there.
     */
    @Override
    public void applyStaticPartition(Map<String, String> partition) {}

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "Kinesis";
    }
}
