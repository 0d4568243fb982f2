package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.jobs.ingest.agent.AgentDocument;
import io.hydrant.jobs.ingest.agent.AgentFlow;
import io.hydrant.jobs.ingest.agent.QueueFlow;
import io.hydrant.jobs.ingest.objects.QueueConfig;
import io.hydrant.jobs.ingest.objects.QueueSource;
import io.hydrant.jobs.ingest.restream.NumberedRecord;
import io.hydrant.jobs.ingest.restream.NumberedRecordTypeInformation;
import io.hydrant.jobs.ingest.restream.RouteRecords;
import io.hydrant.jobs.ingest.tail.FileSource;
import io.hydrant.jobs.ingest.tail.LogRecord;
import io.hydrant.jobs.ingest.tail.LogRecordTypeInformation;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.call.Attempts;
import io.hydrant.kinesis.call.BatchFunction;
import io.hydrant.kinesis.call.FirehoseCall;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.sink.PutApiFactory;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The operators of one flow from files or objects, in chains: what a file says goes out in its
 * order, and records of a file meet no other task on the way.
 *
 * <pre>
 *   files -> records -> [conversions] -> PutRecords, or PutRecordBatch of Firehose
 * </pre>
 *
 * <p>Exactly once into the stream, as a source with {@code source.deduplication.enabled} reads it,
 * where {@code sink.producer-identity.enabled} is on: each record is stamped with its file's
 * content and its number there. At least once otherwise, for readers that know no stamps, and into
 * delivery streams of Firehose, which has nothing that a stamp could be in.
 */
final class IngestPipeline {

    private static final int RECORD_BYTES = 1024 * 1024;

    /** Calls of Firehose under way at once. */
    private static final int FIREHOSE_CALLS = 3;

    /** Records that wait for each that may be sent, where several become one. */
    private static final int JOINED_RECORDS = 20;

    /** What an aggregate of one record takes, with keys and stamp; more than it ever is. */
    private static final int STAMPED_BYTES = 256;

    private final AgentDocument document;
    private final String lineage;

    IngestPipeline(AgentDocument document, String lineage) {
        this.document = document;
        this.lineage = lineage;
    }

    /**
     * Adds a flow to a Kinesis stream to a job.
     *
     * @param api another way to put than over the AWS SDK, or null
     */
    void add(AgentFlow flow, StreamArn stream, PutApiFactory api, StreamExecutionEnvironment env) {
        Configuration options = sinkOptions(flow);
        put(
                        records(flow, mostBytes(options), env),
                        flow.id(),
                        stream,
                        keys(flow.partitionKey(), options),
                        options,
                        api)
                .setParallelism(1);
    }

    /**
     * Adds a flow from objects that arrive to a job.
     *
     * @param errors where records go of which nothing can be made, or null
     */
    void add(QueueFlow flow, StreamArn stream, StreamArn errors, StreamExecutionEnvironment env) {
        String name = flow.id();
        Configuration options = new Configuration();
        options.addAll(document.options());
        flow.options().forEach(options::setString);
        SingleOutputStreamOperator<LogRecord> records =
                env.fromSource(
                                QueueSource.of(flow.queue(), document.of(flow)),
                                WatermarkStrategy.noWatermarks(),
                                "objects of " + name,
                                LogRecordTypeInformation.INSTANCE)
                        .uid("objects of " + name)
                        .flatMap(
                                new ConvertRecords(
                                        flow.conversions(),
                                        mostBytes(options),
                                        flow.terminatorBytes()))
                        .returns(LogRecordTypeInformation.INSTANCE)
                        .name("convert for " + name)
                        .uid("convert for " + name);
        if (flow.filter() != null) {
            records =
                    records.filter(new KeepRecords(flow.filter()))
                            .name("filter for " + name)
                            .uid("filter for " + name);
        }
        RecordKeys keys = keys(flow.partitionKey(), options);
        if (flow.route() == null) {
            put(records, name, stream, keys, options, null);
            return;
        }
        SingleOutputStreamOperator<NumberedRecord> routed =
                records.map(new NumberLines())
                        .returns(NumberedRecordTypeInformation.INSTANCE)
                        .name("number for " + name)
                        .uid("number for " + name)
                        .process(new RouteRecords(flow.route()))
                        .returns(NumberedRecordTypeInformation.INSTANCE)
                        .name("route for " + name)
                        .uid("route for " + name);
        boolean areLines = flow.queue().records() == QueueConfig.Records.LINES;
        put(lines(routed, areLines, "lines for " + name), name, stream, keys, options, null);
        if (errors != null) {
            String ofErrors = "errors of " + name;
            put(
                    lines(
                            routed.getSideOutput(RouteRecords.FAILED),
                            false,
                            "lines for " + ofErrors),
                    ofErrors,
                    errors,
                    keys,
                    options,
                    null);
        }
    }

    private static DataStream<LogRecord> lines(
            DataStream<NumberedRecord> routed, boolean areLines, String name) {
        return routed.map(new RoutedLines(areLines))
                .returns(LogRecordTypeInformation.INSTANCE)
                .name(name)
                .uid(name);
    }

    private static RecordKeys keys(AgentFlow.PartitionKeyOption option, Configuration options) {
        return RecordKeys.of(option, options.get(KinesisSinkOptions.AGGREGATION_ENABLED));
    }

    /** What a record may have, so that the stream takes it with its key and its stamp. */
    private static int mostBytes(Configuration options) {
        boolean stamped = options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED);
        return (int) options.get(KinesisSinkOptions.RECORD_MAX_SIZE).getBytes()
                - RecordKeys.LONGEST
                - (stamped || options.get(KinesisSinkOptions.AGGREGATION_ENABLED)
                        ? STAMPED_BYTES
                        : 0);
    }

    private DataStreamSink<LogRecord> put(
            DataStream<LogRecord> records,
            String name,
            StreamArn stream,
            RecordKeys keys,
            Configuration options,
            PutApiFactory api) {
        SerializationSchema<LogRecord> data = LogRecord::data;
        KinesisSink.Builder<LogRecord> sink =
                KinesisSink.<LogRecord>builder().stream(stream)
                        .client(document.of(stream))
                        .config(KinesisSinkConfig.from(options))
                        .serializer(data)
                        .partitionKey(keys);
        if (options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED)) {
            sink.identity(record -> new ProducerStamp(record.producer(), record.number()));
        }
        if (api != null) {
            sink.api(api);
        }
        return records.sinkTo(sink.build()).name("put for " + name).uid("put for " + name);
    }

    /**
     * Adds a flow to a delivery stream to a job.
     *
     * <p>Records that have no answer at a checkpoint are in it, and are put again after a failure.
     */
    void addToFirehose(AgentFlow flow, StreamExecutionEnvironment env) {
        String name = flow.id();
        String stream = flow.stream();
        AgentFlow.Buffer buffer = flow.buffer();
        AwsClientConfig aws = document.firehose();
        long firstPause = buffer.firstPauseMillis();
        long longestPause = buffer.longestPauseMillis();
        int joinedBytes = buffer.joinedBytes();
        BatchFunction.Limits limits =
                new BatchFunction.Limits(
                        buffer.joinedBytes() == 0
                                ? buffer.records()
                                : buffer.records() * JOINED_RECORDS,
                        Math.min(buffer.bytes(), FirehoseCall.MAX_BYTES),
                        Duration.ofMillis(buffer.ageMillis()),
                        FIREHOSE_CALLS);
        DataStream<byte[]> data =
                records(flow, FirehoseCall.MAX_RECORD, env)
                        .map(LogRecord::data)
                        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                        .name("data for " + name)
                        .uid("data for " + name)
                        .setParallelism(1);
        AsyncDataStream.unorderedWait(
                        data,
                        new BatchFunction<>(
                                () ->
                                        new FirehoseCall(
                                                stream,
                                                SignedHttpClient.of("firehose", aws),
                                                Attempts.between(
                                                        Duration.ofMillis(firstPause),
                                                        Duration.ofMillis(longestPause)),
                                                joinedBytes),
                                limits),
                        0,
                        TimeUnit.MILLISECONDS,
                        limits.capacity())
                .returns(Types.VOID)
                .name("put for " + name)
                .uid("put for " + name)
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .name("end of " + name)
                .uid("end of " + name)
                .setParallelism(1);
    }

    /** The records of a flow's files as they are sent. */
    private SingleOutputStreamOperator<LogRecord> records(
            AgentFlow flow, int mostBytes, StreamExecutionEnvironment env) {
        String name = flow.id();
        return env.fromSource(
                        new FileSource(flow.tail(), lineage),
                        WatermarkStrategy.noWatermarks(),
                        "files of " + name,
                        LogRecordTypeInformation.INSTANCE)
                .uid("files of " + name)
                .setParallelism(1)
                .flatMap(new ConvertRecords(flow.conversions(), mostBytes, flow.terminatorBytes()))
                .returns(LogRecordTypeInformation.INSTANCE)
                .name("convert for " + name)
                .uid("convert for " + name)
                .setParallelism(1);
    }

    /** The sink's options: what the flow says, under what the {@code Hydrant} object does. */
    Configuration sinkOptions(AgentFlow flow) {
        AgentFlow.Buffer buffer = flow.buffer();
        Configuration options = new Configuration();
        options.set(KinesisSinkOptions.FLUSH_BUFFER_TIMEOUT, Duration.ofMillis(buffer.ageMillis()));
        boolean aggregates = document.options().get(KinesisSinkOptions.AGGREGATION_ENABLED);
        if (!aggregates || buffer.records() < AgentFlow.Buffer.CALL_RECORDS) {
            // The most of a call are aggregates then, of which the sink knows how many lines to
            // take.
            options.set(KinesisSinkOptions.BATCH_MAX_SIZE, buffer.records());
        }
        // A batch has to take the largest record.
        options.set(
                KinesisSinkOptions.FLUSH_BUFFER_SIZE,
                new MemorySize(Math.max(buffer.bytes(), RECORD_BYTES)));
        options.set(
                KinesisSinkOptions.RETRY_BACKOFF_INITIAL,
                Duration.ofMillis(buffer.firstPauseMillis()));
        options.set(
                KinesisSinkOptions.RETRY_BACKOFF_MAX,
                Duration.ofMillis(buffer.longestPauseMillis()));
        options.addAll(document.options());
        return options;
    }
}
