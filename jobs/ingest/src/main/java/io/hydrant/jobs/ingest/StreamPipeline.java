package io.hydrant.jobs.ingest;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.jobs.ingest.agent.AgentDocument;
import io.hydrant.jobs.ingest.agent.StreamFlow;
import io.hydrant.jobs.ingest.restream.CountRecords;
import io.hydrant.jobs.ingest.restream.KeyChoice;
import io.hydrant.jobs.ingest.restream.NumberedRecord;
import io.hydrant.jobs.ingest.restream.NumberedRecordTypeInformation;
import io.hydrant.jobs.ingest.restream.RouteRecords;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.sink.PartitionKeyStrategy;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The operators of flows from streams to streams. A stream is read once, whoever of the flows reads
 * it.
 *
 * <pre>
 *   stream ─> [count per shard] ─┬─> route ─> PutRecords
 *                                │     └────> PutRecords to the error stream
 *                                └─> route ─> …
 * </pre>
 *
 * <p>Exactly once into the streams, as a source with {@code source.deduplication.enabled} reads
 * them, for flows with {@code sink.producer-identity.enabled}: each record is stamped with its
 * shard and its number there, which are the same when a restart reads it again. It assumes that the
 * restart reads with the {@code source.*} options that decide what is a record, filters and
 * transforms do not matter; and that a record has the same partition key again, for which its
 * transform has to answer the same. At least once otherwise. In order per shard of the source as
 * far as {@code sink.order} says so.
 */
final class StreamPipeline {

    private final AgentDocument document;
    private final String lineage;
    private final Function<String, StreamArn> arns;
    private final StreamExecutionEnvironment env;

    /** What was added already, by source stream. */
    private final Map<String, DataStream<Envelope>> read = new HashMap<>();

    private final Map<String, DataStream<NumberedRecord>> counted = new HashMap<>();
    private final Map<String, DataStream<NumberedRecord>> uncounted = new HashMap<>();

    /**
     * A pipeline.
     *
     * @param lineage a name that no other job has
     * @param arns finds streams
     */
    StreamPipeline(
            AgentDocument document,
            String lineage,
            Function<String, StreamArn> arns,
            StreamExecutionEnvironment env) {
        this.document = Objects.requireNonNull(document, "document");
        this.lineage = Objects.requireNonNull(lineage, "lineage");
        this.arns = Objects.requireNonNull(arns, "arns");
        this.env = Objects.requireNonNull(env, "env");
    }

    /** Adds all flows. */
    void add() {
        for (StreamFlow flow : document.streamFlows()) {
            add(flow);
        }
    }

    private void add(StreamFlow flow) {
        Configuration options = sinkOptions(flow);
        boolean isStamped = options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED);
        DataStream<NumberedRecord> records = null;
        for (String source : flow.sources()) {
            DataStream<NumberedRecord> one = isStamped ? counted(source) : uncounted(source);
            records = records == null ? one : records.union(one);
        }
        SingleOutputStreamOperator<NumberedRecord> routed =
                records.process(new RouteRecords(flow.route()))
                        .returns(NumberedRecordTypeInformation.INSTANCE)
                        .name("route for " + flow.id())
                        .uid("route for " + flow.id());
        put(routed, flow.target(), options, isStamped, "put for " + flow.id());
        if (flow.errorStream() != null) {
            // Keys of its own would be asked of documents that have them no more.
            Configuration ofErrors = new Configuration(options);
            ofErrors.removeConfig(KinesisSinkOptions.PARTITION_KEY_STRATEGY);
            put(
                    routed.getSideOutput(RouteRecords.FAILED),
                    flow.errorStream(),
                    ofErrors,
                    isStamped,
                    "errors of " + flow.id());
        }
    }

    private void put(
            DataStream<NumberedRecord> records,
            String stream,
            Configuration options,
            boolean isStamped,
            String name) {
        StreamArn arn = arns.apply(stream);
        SerializationSchema<NumberedRecord> payload = record -> record.record().payloadCopy();
        KinesisSink.Builder<NumberedRecord> sink =
                KinesisSink.<NumberedRecord>builder().stream(arn)
                        .client(document.of(arn))
                        .config(KinesisSinkConfig.from(options))
                        .serializer(payload)
                        .partitionKey(record -> record.record().partitionKey());
        if (isStamped) {
            sink.identity(record -> new ProducerStamp(record.producer(), record.number()));
        }
        records.sinkTo(sink.build()).name(name).uid(name);
    }

    /** A stream's records with their numbers, in tasks that have all of a shard. */
    private DataStream<NumberedRecord> counted(String source) {
        return counted.computeIfAbsent(
                source,
                name ->
                        read(name, true)
                                .keyBy(Envelope::shard, Types.STRING)
                                .process(new CountRecords(lineage, arns.apply(name).toString()))
                                .returns(NumberedRecordTypeInformation.INSTANCE)
                                .name("count of " + name)
                                .uid("count of " + name));
    }

    private DataStream<NumberedRecord> uncounted(String source) {
        return uncounted.computeIfAbsent(
                source,
                name ->
                        read(name, isCounted(name))
                                .filter(record -> !CountRecords.isMarker(record))
                                .name("records of " + name)
                                .uid("records of " + name)
                                .map(NumberedRecord::uncounted)
                                .returns(NumberedRecordTypeInformation.INSTANCE)
                                .name("uncounted of " + name)
                                .uid("uncounted of " + name));
    }

    /** Whether some flow of a stream is stamped, so that its source has to mark gaps. */
    private boolean isCounted(String source) {
        return document.streamFlows().stream()
                .filter(flow -> flow.sources().contains(source))
                .anyMatch(
                        flow ->
                                sinkOptions(flow)
                                        .get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED));
    }

    private DataStream<Envelope> read(String source, boolean withMarkers) {
        return read.computeIfAbsent(
                source,
                name -> {
                    StreamArn arn = arns.apply(name);
                    KinesisSource kinesis =
                            KinesisSource.of(
                                    arn,
                                    document.of(arn),
                                    KinesisSourceConfig.from(document.options()));
                    return env.fromSource(
                                    withMarkers ? kinesis.withMarkers() : kinesis,
                                    WatermarkStrategy.noWatermarks(),
                                    "stream " + name,
                                    EnvelopeTypeInformation.INSTANCE)
                            .uid("stream " + name);
                });
    }

    /** The sink's options: what the file says, under what the flow says. */
    private Configuration sinkOptions(StreamFlow flow) {
        Configuration options = new Configuration();
        options.addAll(document.options());
        flow.options().forEach(options::setString);
        if (options.getOptional(KinesisSinkOptions.PARTITION_KEY_STRATEGY).isEmpty()) {
            PartitionKeyStrategy strategy =
                    strategy(
                            flow.route().key().option(),
                            options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED));
            options.set(KinesisSinkOptions.PARTITION_KEY_STRATEGY, strategy);
        }
        return options;
    }

    /** Keys by chance would take the copies of a record to other shards than the record. */
    private static PartitionKeyStrategy strategy(KeyChoice.Option option, boolean isStamped) {
        return switch (option) {
            case KEEP, QUERY -> PartitionKeyStrategy.FIELD;
            case HASH -> PartitionKeyStrategy.HASH;
            case RANDOM -> isStamped ? PartitionKeyStrategy.FIELD : PartitionKeyStrategy.RANDOM;
            case FIXED -> PartitionKeyStrategy.FIXED;
        };
    }
}
