package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.kinesis.call.Attempts;
import io.hydrant.kinesis.call.BatchCall;
import io.hydrant.kinesis.call.BatchFunction;
import io.hydrant.kinesis.call.FirehoseCall;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.lambda.FunctionArn;
import io.hydrant.sql.kda.application.ApplicationOutput;
import io.hydrant.sql.kda.application.Resource;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connects streams to where they go.
 *
 * <pre>
 *   rows ─> KinesisSink
 *   rows ─> encoded ─> calls of Firehose or of a function, in batches
 * </pre>
 *
 * <p>At least once: rows that are not delivered at a checkpoint are in it, and after a failure
 * those come again that were delivered behind it. A service that is down is waited for, as Kinesis
 * Data Analytics did; the job then falls behind, and loses nothing.
 */
final class Outputs {

    private static final BatchFunction.Limits FIREHOSE =
            new BatchFunction.Limits(
                    FirehoseCall.MAX_RECORDS, FirehoseCall.MAX_BYTES, Duration.ofMillis(200), 2);

    private final KdaJobConfig config;
    private final String applicationArn;

    Outputs(KdaJobConfig config, String applicationArn) {
        this.config = config;
        this.applicationArn = applicationArn;
    }

    /** Connects a stream. */
    void connect(ApplicationOutput output, DataStream<RowData> rows) {
        Resource destination = output.destination();
        switch (destination.service()) {
            case KINESIS ->
                    rows.sinkTo(
                                    KinesisSink.<RowData>builder().stream(
                                                    StreamArn.parse(destination.arn()))
                                            .client(config.aws())
                                            .config(config.sink())
                                            .serializer(encoder(output, rows, ""))
                                            .build())
                            .name(name(output))
                            .uid(uid(output));
            case FIREHOSE -> {
                String stream = destination.name();
                AwsClientConfig aws = config.firehose().withRegion(destination.region());
                // Objects of S3 have a record in each line; Firehose itself puts nothing between.
                call(
                        output,
                        encoder(output, rows, "\n"),
                        rows,
                        () ->
                                new FirehoseCall(
                                        stream,
                                        SignedHttpClient.of("firehose", aws),
                                        Attempts.ON_THE_CLOCK),
                        FIREHOSE);
            }
            case LAMBDA -> {
                FunctionArn function = FunctionArn.parse(destination.arn());
                String arn = applicationArn;
                Duration timeout = config.functionTimeout();
                AwsClientConfig aws = config.lambda();
                call(
                        output,
                        encoder(output, rows, ""),
                        rows,
                        () ->
                                new FunctionOutputCall(
                                        arn,
                                        FunctionInvoker.of(function, timeout, aws),
                                        Attempts.ON_THE_CLOCK),
                        config.functionBatches());
            }
        }
    }

    private static void call(
            ApplicationOutput output,
            RowEncoder encoder,
            DataStream<RowData> rows,
            BatchCall.Factory<byte[], Void> factory,
            BatchFunction.Limits limits) {
        DataStream<byte[]> encoded =
                rows.map(encoder::serialize)
                        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                        .name("encoded " + output.streamName())
                        .uid("encoded for " + uid(output));
        AsyncDataStream.unorderedWait(
                        encoded,
                        new BatchFunction<>(factory, limits),
                        0,
                        TimeUnit.MILLISECONDS,
                        limits.capacity())
                .returns(Types.VOID)
                .name(name(output))
                .uid(uid(output))
                .sinkTo(new DiscardingSink<>())
                .name("end of " + output.streamName())
                .uid("end of " + uid(output));
    }

    private static RowEncoder encoder(
            ApplicationOutput output, DataStream<RowData> rows, String end) {
        RowType type = ((InternalTypeInfo<RowData>) rows.getType()).toRowType();
        return new RowEncoder(type, output.format(), end);
    }

    private static String name(ApplicationOutput output) {
        return "output " + output.streamName() + " to " + output.destination().name();
    }

    private static String uid(ApplicationOutput output) {
        return "output " + output.streamName() + " to " + output.destination().arn();
    }
}
