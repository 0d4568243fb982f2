package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.DeduplicationConfig;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.event.ConsumerNamedEvent;
import io.hydrant.kinesis.source.event.EndResolvedEvent;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardLeftEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.FanOutApi;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the shards that the enumerator gives it.
 *
 * <p>A shard that was read to its end stays in this reader's state until the enumerator says that
 * its end is recorded. A checkpoint that catches the reader after the end and the enumerator before
 * it therefore loses nothing: the restored reader reports the end again.
 */
public final class KinesisSourceReader
        extends SourceReaderBase<Envelope, Envelope, KinesisShardSplit, SplitProgress> {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisSourceReader.class);

    private static final int ROOM_FOR_EMPTY_BATCHES = 1024;

    private final StreamApi api;
    private final StreamSelection streams;
    private final FanOutApi fanOut;
    private final NamedConsumers consumers;
    private final ShardFetchers fetchers;
    private final ReaderMetrics metrics;
    private final ReadThrough readThrough;
    private final DeduplicationConfig deduplication;
    private final Set<String> held = new LinkedHashSet<>();
    private final Map<String, KinesisShardSplit> unrecorded = new LinkedHashMap<>();

    /** Splits that are not read before it is known where reading ends. */
    private final List<KinesisShardSplit> endless = new ArrayList<>();

    private final boolean bounded;

    /** Null where reading has no end, or it is not known yet. */
    private Instant end;

    private KinesisSourceReader(
            StreamApi api,
            StreamSelection streams,
            FanOutApi fanOut,
            NamedConsumers consumers,
            ShardFetchers fetchers,
            ReaderMetrics metrics,
            ReadThrough readThrough,
            EnvelopeEmitter emitter,
            KinesisSourceConfig config,
            SourceReaderContext context) {
        super(fetchers, emitter, context.getConfiguration(), context);
        this.api = api;
        this.streams = streams;
        this.fanOut = fanOut;
        this.consumers = consumers;
        this.fetchers = fetchers;
        this.metrics = metrics;
        this.readThrough = readThrough;
        this.bounded = config.end().isBounded();
        this.end = config.end().timestamp();
        this.deduplication = config.deduplication();
    }

    /**
     * A reader of no shards yet.
     *
     * @param api belongs to the reader from now on
     * @param streams what is read; restored splits of other streams are left out
     * @param fanOut belongs to the reader too; null where shards are polled
     * @param markers whether {@link io.hydrant.core.record.LostRange markers} of what was lost, and
     *     {@link io.hydrant.core.record.ReadingBegin of where reading began}, are emitted among the
     *     records
     */
    public static KinesisSourceReader create(
            StreamApi api,
            StreamSelection streams,
            FanOutApi fanOut,
            KinesisSourceConfig config,
            SourceReaderContext context,
            boolean markers) {
        return create(
                api,
                streams,
                fanOut,
                config,
                context,
                markers,
                ReaderTime.REAL,
                (shards, queue) -> new ShardFetchers(config.readerThreads(), shards, queue));
    }

    /** Makes the threads, or whatever takes their place. */
    @FunctionalInterface
    interface Fetchers {
        ShardFetchers of(
                Supplier<SplitReader<Envelope, KinesisShardSplit>> shards, Configuration queue);
    }

    static KinesisSourceReader create(
            StreamApi api,
            StreamSelection streams,
            FanOutApi fanOut,
            KinesisSourceConfig config,
            SourceReaderContext context,
            boolean markers,
            ReaderTime time,
            Fetchers threads) {
        ReaderMetrics metrics = new ReaderMetrics(context.metricGroup());
        ReadThrough readThrough = new ReadThrough();
        CurrentStamp currentStamp = new CurrentStamp();
        Configuration queue = new Configuration(context.getConfiguration());
        int batches =
                queue.get(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY) + config.readerThreads();
        BatchPermits permits = new BatchPermits(batches);
        // Never full: what bounds it are the permits, and empty batches need none.
        queue.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, batches + ROOM_FOR_EMPTY_BATCHES);
        NamedConsumers consumers = new NamedConsumers(permits);
        Retentions retentions = new Retentions(api, time);
        ShardFetchers fetchers =
                threads.of(
                        fanOut == null
                                ? () ->
                                        new PollingShardReader(
                                                api,
                                                config,
                                                metrics,
                                                permits,
                                                readThrough,
                                                currentStamp,
                                                retentions,
                                                time)
                                : fanOutReaders(
                                        api,
                                        fanOut,
                                        config,
                                        consumers,
                                        permits,
                                        metrics,
                                        readThrough,
                                        retentions,
                                        currentStamp,
                                        time),
                        queue);
        EnvelopeEmitter emitter =
                new EnvelopeEmitter(
                        context.metricGroup().getIOMetricGroup().getNumBytesInCounter(),
                        currentStamp,
                        metrics,
                        markers,
                        config.end().isBounded());
        return new KinesisSourceReader(
                api,
                streams,
                fanOut,
                consumers,
                fetchers,
                metrics,
                readThrough,
                emitter,
                config,
                context);
    }

    private static Supplier<SplitReader<Envelope, KinesisShardSplit>> fanOutReaders(
            StreamApi api,
            FanOutApi fanOut,
            KinesisSourceConfig config,
            NamedConsumers consumers,
            BatchPermits permits,
            ReaderMetrics metrics,
            ReadThrough readThrough,
            Retentions retentions,
            CurrentStamp currentStamp,
            ReaderTime time) {
        FanOutMetrics fanOutMetrics = new FanOutMetrics(metrics.group());
        LostPositions lost = new LostPositions(config.positionLost(), metrics);
        ShardPages pages =
                new ShardPages(metrics, readThrough, lost, retentions, permits, currentStamp);
        BrokenSubscriptions broken = new BrokenSubscriptions(api, metrics, fanOutMetrics, lost);
        return () ->
                new FanOutShardReader(
                        fanOut,
                        config,
                        consumers,
                        permits,
                        metrics,
                        fanOutMetrics,
                        pages,
                        retentions,
                        broken,
                        time);
    }

    @Override
    public void start() {
        super.start();
        unrecorded.values().forEach(this::tellLeft);
        context.sendSourceEventToCoordinator(
                new ReaderStartedEvent(List.copyOf(held), List.copyOf(unrecorded.keySet())));
    }

    @Override
    public void addSplits(List<KinesisShardSplit> splits) {
        List<KinesisShardSplit> readable = new ArrayList<>(splits.size());
        for (KinesisShardSplit split : splits) {
            if (!streams.selects(split.stream())) {
                LOG.warn("{} is not read any more; its position is dropped", split.splitId());
            } else if (split.isFinished()) {
                unrecorded.put(split.splitId(), split);
            } else {
                held.add(split.splitId());
                if (bounded && split.end() == KinesisShardSplit.NO_END) {
                    endless.add(split);
                } else {
                    readable.add(split);
                }
            }
        }
        if (end != null) {
            readable.addAll(takeEndless());
        }
        if (!readable.isEmpty()) {
            super.addSplits(readable);
        }
    }

    /** State of a read without end may be restored into one that has an end. */
    private List<KinesisShardSplit> takeEndless() {
        List<KinesisShardSplit> ending =
                endless.stream().map(split -> split.withEnd(end.toEpochMilli())).toList();
        endless.clear();
        return ending;
    }

    private void endAt(Instant time) {
        end = time;
        List<KinesisShardSplit> ending = takeEndless();
        if (!ending.isEmpty()) {
            LOG.info("Reading {} restored shards until {}", ending.size(), time);
            super.addSplits(ending);
        }
    }

    @Override
    public List<KinesisShardSplit> snapshotState(long checkpointId) {
        List<KinesisShardSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        splits.addAll(unrecorded.values());
        splits.addAll(endless);
        return splits;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof FinishRecordedEvent recorded) {
            recorded.splitIds().forEach(unrecorded::remove);
        } else if (event instanceof ConsumerNamedEvent named) {
            consumers.name(StreamArn.parseReadable(named.stream()), named.consumer());
        } else if (event instanceof EndResolvedEvent resolved) {
            endAt(Instant.ofEpochMilli(resolved.millis()));
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            if (fanOut != null) {
                fanOut.close();
            }
            api.close();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, SplitProgress> finished) {
        finished.forEach(
                (splitId, progress) -> {
                    held.remove(splitId);
                    KinesisShardSplit ended = progress.ended(readThrough.openUntil(splitId));
                    unrecorded.put(splitId, ended);
                    tellLeft(ended);
                    fetchers.finished(splitId);
                    metrics.forget(splitId);
                    readThrough.forget(splitId);
                });
        context.sendSourceEventToCoordinator(
                new ShardsFinishedEvent(List.copyOf(finished.keySet())));
    }

    private void tellLeft(KinesisShardSplit ended) {
        Inheritance left = ended.inheritance();
        if (!left.isEmpty()) {
            context.sendSourceEventToCoordinator(new ShardLeftEvent(ended.splitId(), left));
        }
    }

    @Override
    protected SplitProgress initializedState(KinesisShardSplit split) {
        return new SplitProgress(
                split,
                readThrough,
                deduplication == null
                        ? null
                        : new ProducerWindows(deduplication, split.producers()));
    }

    @Override
    protected KinesisShardSplit toSplitType(String splitId, SplitProgress progress) {
        return progress.split();
    }
}
