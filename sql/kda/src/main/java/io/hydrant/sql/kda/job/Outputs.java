package io.hydrant.sql.kda.job;

import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.sql.kda.application.ApplicationOutput;
import io.hydrant.sql.kda.application.Resource;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/**
 * Connects streams to where they go.
 *
 * <p>At least once: a Kinesis stream may get a row again after a failure; see {@link KinesisSink}
 * on how to remove those.
 */
final class Outputs {

    private final KdaJobConfig config;

    Outputs(KdaJobConfig config) {
        this.config = config;
    }

    /** Connects a stream. */
    void connect(ApplicationOutput output, DataStream<RowData> rows) {
        RowType type = ((InternalTypeInfo<RowData>) rows.getType()).toRowType();
        Resource destination = output.destination();
        String name = "output " + output.streamName() + " to " + destination.name();
        rows.sinkTo(
                        KinesisSink.<RowData>builder().stream(StreamArn.parse(destination.arn()))
                                .client(config.aws())
                                .config(config.sink())
                                .serializer(new RowEncoder(type, output.format(), ""))
                                .build())
                .name(name)
                .uid("output " + output.streamName() + " to " + destination.arn());
    }
}
