package io.hydrant.kinesis.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.SdkStreamDirectory;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamDirectoryFactory;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Writes to a Kinesis stream.
 *
 * <pre>
 *   element -> serializer, partition key -> buffer -> batch [-> aggregates] -> PutRecords
 *                                             ^                                    |
 *                                             +--- pause <--- failed records ------+
 * </pre>
 *
 * <p>At least once: a checkpoint waits for the batches that are being put and keeps the records
 * that are not put yet, as user records, in its state. A record is in the stream more than once
 * when the job fails after it was put and before the next checkpoint, when the answer to a call was
 * lost, or when the stream was resharded under an aggregate; the copies of the last two kinds, and
 * those of records that waited in the checkpoint, a source can leave out where both sides say so
 * ({@code sink.producer-identity.enabled}, {@code source.deduplication.enabled}), and where the
 * input gives each element a {@link ElementIdentity}, those of the first kind, too. Needs
 * checkpoints; without them a failure loses what was in the buffer.
 *
 * <p>Order: none for certain, or that of each partition key by the option {@code sink.order}; see
 * {@link SinkOrder}.
 *
 * <p>Fails the job when the service refuses for good (no such stream, no permission, no key),
 * saying what to mend. Records that the service would never take (too large, key too long) go to
 * the handler of {@link Builder#rejected}, or are what the option {@code sink.rejected-records}
 * says: they fail the job unless told otherwise.
 *
 * <p>A shard that is throttled holds up no other before its records have used up the room of {@code
 * sink.requests.max-buffered} or {@code sink.requests.max-buffered-size}.
 *
 * @param <T> what is written
 */
public final class KinesisSink<T>
        implements Sink<T>, SupportsWriterState<T, BufferedRequestState<PutEntry>> {

    private static final long serialVersionUID = 1L;

    /** Null where it is known by name only. */
    private final StreamArn stream;

    private final String streamName;
    private final StreamDirectoryFactory directory;
    private final AwsClientConfig client;

    /** Null for the SDK's. */
    private final PutApiFactory api;

    private final KinesisSinkConfig config;
    private final SerializationSchema<T> serializer;
    private final PartitionKeyStrategy strategy;
    private final PartitionKey<? super T> partitionKey;
    private final PartitionKey<? super T> explicitHashKey;
    private final ElementIdentity<? super T> identity;
    private final RejectedRecords rejected;

    private KinesisSink(Builder<T> builder) {
        streamName = builder.streamName;
        stream = streamName != null ? null : Objects.requireNonNull(builder.stream, "stream");
        client = builder.client;
        directory =
                builder.directory != null ? builder.directory : SdkStreamDirectory.factory(client);
        api = builder.api;
        serializer = Objects.requireNonNull(builder.serializer, "serializer");
        partitionKey = builder.partitionKey;
        explicitHashKey = builder.explicitHashKey;
        identity = builder.identity;
        config = builder.config;
        if (identity != null && !config.rules().producerIdentity()) {
            throw new IllegalArgumentException(
                    KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED.key()
                            + " is false, but the sink has an identity for its records; set it to true,"
                            + " or leave the identity out");
        }
        strategy = config.rules().partitionKeyOr(partitionKey != null);
        rejected =
                builder.rejected != null ? builder.rejected : config.rules().rejection().handler();
    }

    /** Begins to describe a sink; stream and serializer are needed, the rest has defaults. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<PutEntry>> createWriter(
            WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<PutEntry>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<PutEntry>> restored)
            throws IOException {
        try {
            serializer.open(context.asSerializationSchemaInitializationContext());
        } catch (Exception e) {
            throw new IOException("Cannot open the serializer of the Kinesis sink", e);
        }
        SinkMetrics metrics = new SinkMetrics(context.metricGroup());
        StreamArn target = streamName == null ? stream : found();
        PutApi opened = (api != null ? api : SdkPutApi.factory(client, target)).open();
        ProducerIdentity own =
                config.rules().producerIdentity() && identity == null
                        ? ProducerIdentity.random()
                        : null;
        SinkOrder order = config.rules().order();
        BatchSender sender =
                new BatchSender(opened, target, config.aggregation(), config.rules(), metrics);
        KeyOrderBuffer ordered =
                order == SinkOrder.NONE
                        ? null
                        : new KeyOrderBuffer(config.aggregation() != null, config.batchBytes());
        InFlightLimit limit =
                new InFlightLimit(
                        config.maxInFlight(),
                        config.bufferedBytes(),
                        config.batchRecords(),
                        config.bufferedRecords(),
                        () -> ordered != null && ordered.waitsForKeys());
        return new KinesisSinkWriter<>(
                serializer,
                PayloadKey.of(
                        strategy, partitionKey, context.getTaskInfo().getIndexOfThisSubtask()),
                explicitHashKey,
                identity != null ? identity : element -> own == null ? null : own.peek(),
                config,
                rejected,
                new PutEntryWriter(
                        context,
                        config,
                        sender,
                        metrics,
                        limit,
                        ordered,
                        identity != null ? new GivenStamps() : own,
                        restored),
                metrics,
                opened);
    }

    /**
     * The stream of the name, asked for by each writer, since nothing else of a sink has an end.
     */
    private StreamArn found() {
        try (StreamDirectory streams = directory.open()) {
            return streams.arnOf(streamName);
        } catch (RuntimeException e) {
            throw StreamFailure.of(e) == StreamFailure.FATAL
                    ? StreamException.finding("DescribeStreamSummary", "stream " + streamName, e)
                    : e;
        }
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<PutEntry>> getWriterStateSerializer() {
        return new PutStateSerializer();
    }

    /**
     * Describes a {@link KinesisSink}.
     *
     * @param <T> what is written
     */
    public static final class Builder<T> {

        private StreamArn stream;
        private String streamName;
        private StreamDirectoryFactory directory;
        private PutApiFactory api;
        private AwsClientConfig client = AwsClientConfig.from(new Configuration());
        private KinesisSinkConfig config = KinesisSinkConfig.from(new Configuration());
        private SerializationSchema<T> serializer;
        private PartitionKey<? super T> partitionKey;
        private PartitionKey<? super T> explicitHashKey;
        private ElementIdentity<? super T> identity;
        private RejectedRecords rejected;

        private Builder() {}

        /**
         * The stream to write to.
         *
         * @throws IllegalArgumentException if it is the stream of a DynamoDB table
         */
        public Builder<T> stream(StreamArn arn) {
            if (arn.isOfTable()) {
                throw new IllegalArgumentException(
                        arn
                                + " is the stream of a DynamoDB table, which only the table writes to;"
                                + " give the ARN of a Kinesis stream");
            }
            stream = arn;
            streamName = null;
            return this;
        }

        /**
         * The stream to write to by its name, in the account of the credentials and the region of
         * {@link #client}. Each writer asks for its ARN when it starts, for which it has to be
         * allowed {@code kinesis:DescribeStreamSummary}.
         */
        public Builder<T> streamName(String name) {
            streamName = Objects.requireNonNull(name, "name");
            stream = null;
            return this;
        }

        /** Another way to find the stream of a name than over the AWS SDK. */
        Builder<T> directory(StreamDirectoryFactory factory) {
            directory = factory;
            return this;
        }

        /** How to reach AWS; the SDK's defaults, and the region of the stream, where not called. */
        public Builder<T> client(AwsClientConfig clientConfig) {
            client = Objects.requireNonNull(clientConfig, "clientConfig");
            return this;
        }

        /** Another way to put than over the AWS SDK. */
        public Builder<T> api(PutApiFactory factory) {
            api = factory;
            return this;
        }

        /** The {@code sink.*} options ({@link KinesisSinkOptions}). */
        public Builder<T> config(KinesisSinkConfig sinkConfig) {
            config = Objects.requireNonNull(sinkConfig, "sinkConfig");
            return this;
        }

        /** Gives an element its payload. */
        public Builder<T> serializer(SerializationSchema<T> schema) {
            serializer = schema;
            return this;
        }

        /**
         * Gives an element its partition key, unless {@code sink.partition-key.strategy} says
         * otherwise; random keys where not called.
         */
        public Builder<T> partitionKey(PartitionKey<? super T> key) {
            partitionKey = Objects.requireNonNull(key, "key");
            return this;
        }

        /**
         * Gives an element its explicit hash key, a decimal number from 0 to 2^128 - 1 that decides
         * the shard in place of the partition key; null leaves it to that.
         */
        public Builder<T> explicitHashKey(PartitionKey<? super T> hashKey) {
            explicitHashKey = hashKey;
            return this;
        }

        /**
         * Says which record an element is, so that copies of what a restart makes again can be left
         * out as well; needs {@code sink.producer-identity.enabled}. A checkpoint then waits until
         * all records are put. Records are numbered by the attempt of a task where not called.
         */
        public Builder<T> identity(ElementIdentity<? super T> elementIdentity) {
            identity = Objects.requireNonNull(elementIdentity, "elementIdentity");
            return this;
        }

        /**
         * Takes the records that the service would never take; what {@code sink.rejected-records}
         * says where not called.
         */
        public Builder<T> rejected(RejectedRecords handler) {
            rejected = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * The sink.
         *
         * @throws NullPointerException naming what is missing
         * @throws IllegalArgumentException when the options ask for a field and there is none
         */
        public KinesisSink<T> build() {
            return new KinesisSink<>(this);
        }
    }
}
