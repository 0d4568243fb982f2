package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.ingest.agent.AgentDocument;
import io.hydrant.jobs.ingest.agent.AgentFlow;
import io.hydrant.jobs.ingest.tail.FileSource;
import io.hydrant.jobs.ingest.tail.LogRecord;
import io.hydrant.jobs.ingest.tail.LogRecordTypeInformation;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.sink.PutApiFactory;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;

/**
 * The operators of one flow, all in one task: what a file says goes out in its order, and records
 * of a file meet no other task on the way.
 *
 * <pre>
 *   files -> records -> [conversions] -> PutRecords
 * </pre>
 *
 * <p>Exactly once into the stream, as a source with {@code source.deduplication.enabled} reads it,
 * where {@code sink.producer-identity.enabled} is on: each record is stamped with its file's
 * content and its number there. At least once otherwise, and for readers that know no stamps.
 */
final class IngestPipeline {

    private static final int RECORD_BYTES = 1024 * 1024;

    /** What an aggregate of one record takes, with keys and stamp; more than it ever is. */
    private static final int STAMPED_BYTES = 256;

    private final AgentDocument document;
    private final String lineage;

    IngestPipeline(AgentDocument document, String lineage) {
        this.document = document;
        this.lineage = lineage;
    }

    /**
     * Adds a flow to a job.
     *
     * @param api another way to put than over the AWS SDK, or null
     */
    void add(AgentFlow flow, StreamArn stream, PutApiFactory api, StreamExecutionEnvironment env) {
        String name = flow.id();
        Configuration options = sinkOptions(flow);
        boolean stamped = options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED);
        int most =
                (int) options.get(KinesisSinkOptions.RECORD_MAX_SIZE).getBytes()
                        - RecordKeys.LONGEST
                        - (stamped || options.get(KinesisSinkOptions.AGGREGATION_ENABLED)
                                ? STAMPED_BYTES
                                : 0);
        SerializationSchema<LogRecord> data = LogRecord::data;
        KinesisSink.Builder<LogRecord> sink =
                KinesisSink.<LogRecord>builder().stream(stream)
                        .client(AwsClientConfig.from(document.options()))
                        .config(KinesisSinkConfig.from(options))
                        .serializer(data)
                        .partitionKey(new RecordKeys(flow.partitionKey()));
        if (stamped) {
            sink.identity(record -> new ProducerStamp(record.producer(), record.number()));
        }
        if (api != null) {
            sink.api(api);
        }
        env.fromSource(
                        new FileSource(flow.tail(), lineage),
                        WatermarkStrategy.noWatermarks(),
                        "files of " + name,
                        LogRecordTypeInformation.INSTANCE)
                .uid("files of " + name)
                .setParallelism(1)
                .flatMap(new ConvertRecords(flow.conversions(), most, flow.terminatorBytes()))
                .returns(LogRecordTypeInformation.INSTANCE)
                .name("convert for " + name)
                .uid("convert for " + name)
                .setParallelism(1)
                .sinkTo(sink.build())
                .name("put for " + name)
                .uid("put for " + name)
                .setParallelism(1);
    }

    /** The sink's options: what the flow says, under what the {@code Hydrant} object does. */
    private Configuration sinkOptions(AgentFlow flow) {
        AgentFlow.Buffer buffer = flow.buffer();
        Configuration options = new Configuration();
        options.set(KinesisSinkOptions.FLUSH_BUFFER_TIMEOUT, Duration.ofMillis(buffer.ageMillis()));
        options.set(KinesisSinkOptions.BATCH_MAX_SIZE, buffer.records());
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
