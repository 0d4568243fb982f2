package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.kinesis.dynamodb.AnyStreamApi;
import io.hydrant.kinesis.source.consumer.ConsumerLease;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.enumerator.KinesisEnumerator;
import io.hydrant.kinesis.source.enumerator.KinesisEnumeratorState;
import io.hydrant.kinesis.source.enumerator.KinesisEnumeratorStateSerializer;
import io.hydrant.kinesis.source.enumerator.ReadingEnd;
import io.hydrant.kinesis.source.enumerator.ReadingStart;
import io.hydrant.kinesis.source.reader.KinesisSourceReader;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.source.split.KinesisShardSplitSerializer;
import io.hydrant.kinesis.stream.ArnsOnlyDirectory;
import io.hydrant.kinesis.stream.FanOutAccess;
import io.hydrant.kinesis.stream.SdkStreamDirectory;
import io.hydrant.kinesis.stream.StreamApiFactory;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectoryFactory;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.time.Clock;
import java.util.Objects;

/**
 * Reads Kinesis streams, each record as an {@link Envelope} with its arrival time as timestamp.
 *
 * <p>Every user record goes into Flink's state exactly once: the position of a shard is the last
 * user record emitted, not the last Kinesis record, so a checkpoint may fall inside a KPL
 * aggregate; and the end of a shard cannot be lost between a reader's state and the enumerator's.
 * Records of one partition key keep their order, over splits and merges of shards too, because a
 * child shard is read when the end of its parents is in a completed checkpoint. This assumes that a
 * checkpoint is not older than the stream's retention; where it is, {@link
 * KinesisSourceOptions#POSITION_LOST} says what happens. A stream that was deleted and created
 * again under its name fails the job where the service tells when it was created ({@code
 * DescribeStreamSummary}); where it does not, new shards may be taken for old ones of the same id.
 *
 * <p>A stream of a DynamoDB table ({@link StreamArn#parseOfTable}) is read likewise: its changes
 * exactly once, those of an item in order. Enhanced fan-out it has not.
 *
 * <p>A record that its producer put twice is two records, unless {@code
 * source.deduplication.enabled} is true and a {@link io.hydrant.kinesis.sink.KinesisSink} stamped
 * it ({@code sink.producer-identity.enabled}): then further copies in the same shard, or in shards
 * that it was split or merged into, are left out, as long as their producer is remembered, and no
 * other record ever is.
 *
 * <p>Needs periodic checkpoints. A job without them follows reshards too, but only until its first
 * savepoint, or not at all when it was restored from one: from then on, child shards wait for a
 * checkpoint that never comes, which the metric {@code unassignedSplits} shows.
 *
 * <p>Where {@link KinesisSourceOptions#END_POSITION} gives an end, the source is bounded: every
 * shard is read up to the first record that arrived at the end or later, shards that splits and
 * merges make meanwhile included, and then the job ends. This assumes that arrival times grow in a
 * shard, as a start at a time does.
 *
 * <pre>
 *   enumerator (job master)                    reader (each task)
 *   ListShards -> ShardTracker -- split -->    N threads: GetRecords -> de-aggregate
 *        ^             |                            |  few batches wait: BatchPermits
 *        '- finished --+-- recorded -->             v
 *                                              envelope + position
 * </pre>
 */
public final class KinesisSource
        implements Source<Envelope, KinesisShardSplit, KinesisEnumeratorState>,
                ResultTypeQueryable<Envelope> {

    private static final long serialVersionUID = 1L;

    private final StreamSelection streams;
    private final KinesisSourceConfig config;
    private final StreamApiFactory api;
    private final StreamDirectoryFactory directory;
    private final FanOutAccess fanOut;
    private final boolean markers;
    private final Clock clock;

    /** Lives in the job master, where one source makes all enumerators of a job. */
    private transient ReadingStart start;

    private transient ReadingEnd end;

    /** Lives there too. */
    private transient ConsumerLease lease;

    private KinesisSource(
            StreamSelection streams,
            KinesisSourceConfig config,
            StreamApiFactory api,
            StreamDirectoryFactory directory,
            FanOutAccess fanOut) {
        this(streams, config, api, directory, fanOut, false, Clock.systemUTC());
    }

    private KinesisSource(
            StreamSelection streams,
            KinesisSourceConfig config,
            StreamApiFactory api,
            StreamDirectoryFactory directory,
            FanOutAccess fanOut,
            boolean markers,
            Clock clock) {
        this.markers = markers;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.streams = Objects.requireNonNull(streams, "streams");
        this.config = Objects.requireNonNull(config, "config");
        this.api = Objects.requireNonNull(api, "api");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.fanOut = fanOut;
        if (config.fanOut().isEnabled() && fanOut == null) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.READER_TYPE.key()
                            + " is EFO, but this source was made without access to enhanced"
                            + " fan-out; give it a FanOutAccess, or set POLLING");
        }
        if (config.fanOut().isEnabled() && streams instanceof StreamSelection.Listed listed) {
            requireNoTable(listed);
        }
    }

    /**
     * A source of one stream of AWS or of something that speaks its API.
     *
     * @param stream the stream
     * @param aws how to reach it; the region is the stream's where it names none
     * @param config how to read it
     */
    public static KinesisSource of(
            StreamArn stream, AwsClientConfig aws, KinesisSourceConfig config) {
        return new KinesisSource(
                StreamSelection.arns(stream),
                config,
                // Its clients are made at the first call: neither the JobManager's thread, which
                // makes the enumerator, nor a task's waits for them, or for a server that hangs.
                AnyStreamApi.factory(aws, config.decoding()),
                SdkStreamDirectory.factory(aws.withDefaultRegion(stream.region())),
                FanOutAccess.of(aws));
    }

    /** A source of one stream behind an API of the caller's, which polls. */
    public static KinesisSource of(
            StreamArn stream, KinesisSourceConfig config, StreamApiFactory api) {
        return of(stream, config, api, null);
    }

    /**
     * A source of one stream behind APIs of the caller's.
     *
     * @param fanOut null where there is no enhanced fan-out
     */
    public static KinesisSource of(
            StreamArn stream,
            KinesisSourceConfig config,
            StreamApiFactory api,
            FanOutAccess fanOut) {
        return new KinesisSource(
                StreamSelection.arns(stream), config, api, ArnsOnlyDirectory::new, fanOut);
    }

    /**
     * A source of several streams of AWS or of something that speaks its API.
     *
     * @param streams which; those of one name or a pattern are of the region and the account that
     *     {@code aws} says
     * @param aws how to reach them; where it names no region, streams that are given by ARN are
     *     asked for in theirs
     * @param config how to read them
     * @throws IllegalArgumentException when a stream is of another region than {@code aws} says
     */
    public static KinesisSource of(
            StreamSelection streams, AwsClientConfig aws, KinesisSourceConfig config) {
        requireReachable(streams, aws);
        return new KinesisSource(
                streams,
                config,
                AnyStreamApi.factory(aws, config.decoding()),
                SdkStreamDirectory.factory(aws),
                FanOutAccess.of(aws));
    }

    /** A source of several streams behind an API and a directory of the caller's, which polls. */
    public static KinesisSource of(
            StreamSelection streams,
            KinesisSourceConfig config,
            StreamApiFactory api,
            StreamDirectoryFactory directory) {
        return of(streams, config, api, directory, null);
    }

    /**
     * A source of several streams behind APIs and a directory of the caller's.
     *
     * @param fanOut null where there is no enhanced fan-out
     */
    public static KinesisSource of(
            StreamSelection streams,
            KinesisSourceConfig config,
            StreamApiFactory api,
            StreamDirectoryFactory directory,
            FanOutAccess fanOut) {
        return new KinesisSource(streams, config, api, directory, fanOut);
    }

    /**
     * The same source, which also emits the {@link LostRange marker} of each stretch that it finds
     * to be lost, in the place of the records that were there, which matters where {@link
     * KinesisSourceOptions#POSITION_LOST} is CONTINUE; and, where it reads without end from a time
     * on, LATEST included, the {@link ReadingBegin marker} of that time in front of the first
     * record of each shard that was there. Only for who tells markers from records, as a delivery
     * does.
     *
     * <p>Each marker goes into Flink's state exactly once, as records do, because the position
     * behind it does not find the same loss again, nor the same begin.
     */
    public KinesisSource withMarkers() {
        return new KinesisSource(streams, config, api, directory, fanOut, true, clock);
    }

    /**
     * The same source by another clock, which tells where reading begins and ends when the service
     * does not tell its own time. For simulations; it must be serializable where the source is to
     * be.
     */
    public KinesisSource withClock(Clock other) {
        return new KinesisSource(streams, config, api, directory, fanOut, markers, other);
    }

    /** An endpoint of its own serves any region; AWS' endpoints serve theirs. */
    private static void requireReachable(StreamSelection streams, AwsClientConfig aws) {
        if (aws.region() == null
                || aws.endpoint() != null
                || !(streams instanceof StreamSelection.Listed listed)) {
            return;
        }
        for (StreamArn arn : listed.arns()) {
            if (!arn.region().equals(aws.region())) {
                throw new IllegalArgumentException(
                        AwsOptions.REGION.key()
                                + " is "
                                + aws.region()
                                + ", but "
                                + arn
                                + " is of another region; leave the option out where all streams are"
                                + " given by ARN, else read the regions with one source each");
            }
        }
    }

    private static void requireNoTable(StreamSelection.Listed listed) {
        for (StreamArn arn : listed.arns()) {
            if (arn.isOfTable()) {
                throw new IllegalArgumentException(
                        KinesisSourceOptions.READER_TYPE.key()
                                + " is EFO, but "
                                + arn
                                + " is the stream of a DynamoDB table, which has no enhanced fan-out;"
                                + " set POLLING");
            }
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return config.end().isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> createEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context) {
        return enumerator(context, null);
    }

    @Override
    public SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context, KinesisEnumeratorState state) {
        return enumerator(context, state);
    }

    @Override
    public SourceReader<Envelope, KinesisShardSplit> createReader(SourceReaderContext context) {
        return KinesisSourceReader.create(
                api.open(),
                streams,
                config.fanOut().isEnabled() ? fanOut.subscriptions().open() : null,
                config,
                context,
                markers);
    }

    @Override
    public SimpleVersionedSerializer<KinesisShardSplit> getSplitSerializer() {
        return new KinesisShardSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KinesisEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new KinesisEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<Envelope> getProducedType() {
        return EnvelopeTypeInformation.INSTANCE;
    }

    private synchronized KinesisEnumerator enumerator(
            SplitEnumeratorContext<KinesisShardSplit> context, KinesisEnumeratorState state) {
        if (start == null) {
            start = new ReadingStart(config, clock);
            end = new ReadingEnd(config.end(), clock);
        }
        return new KinesisEnumerator(
                context,
                streams,
                config,
                state,
                start,
                end,
                api.open(),
                directory.open(),
                consumers(context));
    }

    private StreamConsumers consumers(SplitEnumeratorContext<KinesisShardSplit> context) {
        if (!config.fanOut().isEnabled()) {
            return StreamConsumers.none();
        }
        if (lease == null) {
            lease = new ConsumerLease();
        }
        return StreamConsumers.of(context, config.fanOut(), fanOut.consumers().open(), lease);
    }
}
