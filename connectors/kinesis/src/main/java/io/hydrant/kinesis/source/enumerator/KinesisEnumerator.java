package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardLeftEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.RecordDistribution;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFacts;
import io.hydrant.kinesis.stream.StreamFailure;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds streams and their shards, and hands the shards out.
 *
 * <p>No shard is lost and none is read twice at once, because a shard is at any time in exactly one
 * place of a checkpoint: waiting in this state, in the state of the reader that has it, or finished
 * in this state or (while that is not yet recorded) in the reader's.
 *
 * <p>Children of a shard are handed out when the shard's end is in a completed checkpoint, see
 * {@link ShardTracker}.
 *
 * <p>A stream that vanishes while it is followed stays in the state, and holds up none of the
 * others.
 */
public final class KinesisEnumerator
        implements SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisEnumerator.class);

    private final SplitEnumeratorContext<KinesisShardSplit> context;
    private final StreamFinder finder;
    private final KinesisSourceConfig config;
    private final ReadingStart start;
    private final ReadingEnd end;
    private final StreamApi api;
    private final StreamDirectory directory;
    private final StreamConsumers consumers;
    private final StreamListings listings;
    private final FollowedStreams streams;
    private final ShardHandout handout;
    private final HeldBackShards heldBack;
    private final boolean restored;
    private int unordered;
    private volatile boolean closed;

    /**
     * An enumerator.
     *
     * @param state null for a job that begins
     * @param start kept by the caller, for the case of a failure before the first checkpoint
     * @param end kept likewise
     * @param api belongs to the enumerator from now on
     * @param directory belongs to the enumerator from now on
     * @param consumers belongs to the enumerator from now on
     */
    public KinesisEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context,
            StreamSelection selection,
            KinesisSourceConfig config,
            KinesisEnumeratorState state,
            ReadingStart start,
            ReadingEnd end,
            StreamApi api,
            StreamDirectory directory,
            StreamConsumers consumers) {
        this.context = context;
        this.config = config;
        this.start = start;
        this.end = end;
        this.api = api;
        this.directory = directory;
        this.consumers = consumers;
        this.listings = new StreamListings(api);
        this.streams = new FollowedStreams(start, end, config.streams().order());
        if (state != null) {
            streams.restore(state, selection);
        }
        this.restored = !streams.all().isEmpty();
        if (streams.anyListed()) {
            end.restore(state.end());
        }
        this.handout = new ShardHandout(context, streams, end, consumers, restored);
        this.heldBack = new HeldBackShards(end.listingInterval(config.discoveryInterval()));
        long everyTimes =
                config.streams().discoveryInterval().toMillis()
                        / config.discoveryInterval().toMillis();
        this.finder =
                new StreamFinder(
                        selection,
                        directory,
                        streams.arns(),
                        (int) Math.max(1, Math.min(everyTimes, Integer.MAX_VALUE)));
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(streams::waiting);
        context.metricGroup().gauge("heldBackShards", streams::heldBack);
        context.metricGroup().gauge("followedStreams", () -> streams.all().size());
        context.metricGroup().gauge("vanishedStreams", streams::gone);
        context.metricGroup().gauge("streamsWithoutKeyOrder", () -> unordered);
        long interval = end.listingInterval(config.discoveryInterval()).toMillis();
        if (finder.knowsAll()) {
            follow(finder.find());
        } else {
            context.callAsync(finder::find, this::found, 0, interval);
        }
        context.callAsync(() -> listings.of(streams.all()), this::listed, 0, interval);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        // Shards are given, not asked for.
    }

    @Override
    public void addReader(int subtaskId) {
        // The reader's own first event follows and says what it holds already.
    }

    @Override
    public void addSplitsBack(List<KinesisShardSplit> splits, int subtaskId) {
        LOG.info("Subtask {} failed; {} shards come back from it", subtaskId, splits.size());
        handout.readerFailed(subtaskId);
        streams.all().forEach(followed -> followed.tracker().subtaskReset(subtaskId));
        for (KinesisShardSplit split : splits) {
            FollowedStream followed = streams.of(split.splitId());
            if (followed != null) {
                followed.tracker().returned(split.shardId());
            }
        }
        handout.assign();
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (event instanceof ReaderStartedEvent startedEvent) {
            handout.readerStarted(subtaskId, startedEvent.held());
            finished(subtaskId, startedEvent.finished());
            handout.tellEnd(subtaskId);
            handout.assign();
        } else if (event instanceof ShardLeftEvent leftEvent) {
            FollowedStream followed = streams.of(leftEvent.splitId());
            if (followed != null) {
                followed.tracker()
                        .left(KinesisShardSplit.shardOf(leftEvent.splitId()), leftEvent.left());
            }
        } else if (event instanceof ShardsFinishedEvent finishedEvent) {
            finished(subtaskId, finishedEvent.splitIds());
            handout.assign();
        } else {
            throw new IllegalArgumentException(
                    "The Kinesis source does not know the event " + event);
        }
    }

    @Override
    public KinesisEnumeratorState snapshotState(long checkpointId) {
        return new KinesisEnumeratorState(streams.snapshot(checkpointId), end.time());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        heldBack.checkpointCompleted();
        Map<Integer, List<String>> recorded = new TreeMap<>();
        for (FollowedStream followed : streams.all()) {
            followed.tracker()
                    .completed(checkpointId)
                    .forEach(
                            (shardId, subtask) ->
                                    recorded.computeIfAbsent(subtask, s -> new ArrayList<>())
                                            .add(followed.splitId(shardId)));
        }
        recorded.forEach(handout::tellRecorded);
        if (!recorded.isEmpty()) {
            handout.assign();
        }
    }

    @Override
    public void close() {
        closed = true;
        consumers.close();
        try {
            api.close();
        } finally {
            directory.close();
        }
    }

    private void found(List<StreamArn> found, Throwable error) {
        if (closed || handout.isThrough() || (error == null && found == null)) {
            // A call under way fails when its connection is closed, and a bounded read that is
            // through has nobody to read a stream that comes now; nobody waits for either.
            return;
        }
        if (error instanceof StreamException fatal) {
            throw fatal;
        }
        if (error != null) {
            if (StreamFailure.of(error) != StreamFailure.THROTTLED && !streams.anyListed()) {
                throw StreamException.finding("Finding", finder.toString(), error);
            }
            LOG.warn("Could not look for {}; trying again", finder, error);
            return;
        }
        List<FollowedStream> added = follow(found);
        if (!added.isEmpty()) {
            context.callAsync(() -> listings.of(added), this::listed);
        }
    }

    private List<FollowedStream> follow(List<StreamArn> found) {
        handout.streamsFound();
        boolean begunBefore = start.begin() || restored;
        List<FollowedStream> added = new ArrayList<>();
        for (StreamArn arn : found) {
            if (!streams.follows(arn)) {
                if (begunBefore && finder.isOpenEnded()) {
                    start.cameLater(arn);
                    LOG.info("Found stream {}", arn);
                }
                added.add(streams.follow(arn));
            }
        }
        if (finder.isOpenEnded() && streams.all().isEmpty()) {
            requireThatSomeMayCome();
            LOG.warn("There are no {} yet", finder);
        }
        return added;
    }

    private void requireThatSomeMayCome() {
        if (end.isBeforeWhatComes()) {
            throw new StreamException(
                    "There are no "
                            + finder
                            + ", and reading ends, by "
                            + KinesisSourceOptions.END_POSITION.key()
                            + ", before there can be, so it would read nothing. Check the pattern, the account of the"
                            + " credentials, the region and the endpoint; to wait for streams, leave "
                            + KinesisSourceOptions.END_POSITION.key()
                            + " out",
                    null);
        }
    }

    private void listed(List<StreamListings.Answer> answers, Throwable error) {
        if (closed) {
            // A listing under way fails when its connection is closed; nobody waits for it.
            return;
        }
        if (error != null) {
            throw new IllegalStateException("Listing streams failed", error);
        }
        boolean endToCome = end.isToBeResolved();
        for (StreamListings.Answer answer : answers) {
            FollowedStream followed = answer.stream();
            if (answer.error() != null) {
                listingFailed(followed, answer.error());
                continue;
            }
            boolean unknown = !followed.listed() || followed.isGone();
            followed.took(answer.asked(), answer.listing());
            // Not before the first listing, which says when LATEST is.
            consumers.add(followed.stream());
            if (unknown && followed.listed() && !followed.isGone()) {
                context.callAsync(
                        () -> directory.describe(followed.stream()),
                        (facts, trouble) -> described(followed, facts, trouble));
            }
        }
        if (endToCome) {
            handout.tellEnd();
        }
        handout.assign();
        warnOfHeldBack();
    }

    private void warnOfHeldBack() {
        long waiting = streams.heldBack();
        if (heldBack.isLong(waiting)) {
            LOG.warn(
                    "{} shards that came from a split or a merge wait until the end of their parents is"
                            + " in a completed checkpoint, and for {} minutes none has completed. Turn"
                            + " checkpoints on (execution.checkpointing.interval), see why they fail"
                            + " (the job's checkpoints in the web UI), or give up the order of keys over"
                            + " reshards with {}: NONE",
                    waiting,
                    heldBack.howLong().toMinutes(),
                    KinesisSourceOptions.SHARD_ORDER.key());
        }
    }

    private void listingFailed(FollowedStream followed, RuntimeException error) {
        StreamArn stream = followed.stream();
        if (error instanceof ResourceNotFoundException && vanished(followed, error)) {
            return;
        }
        StreamFailure failure = StreamFailure.of(error);
        boolean goesOn =
                failure == StreamFailure.THROTTLED
                        || (failure == StreamFailure.TRANSIENT && streams.anyListed());
        if (!goesOn) {
            throw StreamException.of("ListShards", stream, null, error);
        }
        LOG.warn(
                "Could not list the shards of {}; trying again in {}",
                stream,
                config.discoveryInterval(),
                error);
    }

    /** Whether the job goes on without the stream. */
    private boolean vanished(FollowedStream followed, RuntimeException error) {
        if (!followed.everListed()) {
            // Deleted between being found and being listed, or never there.
            if (finder.isOpenEnded()) {
                streams.unfollow(followed);
            }
            return finder.isOpenEnded();
        }
        if (followed.vanished()) {
            LOG.warn(
                    "Stream {} is gone; the others are read on, and so is it if it comes back as it was",
                    followed.stream(),
                    error);
        }
        // A read that has an end cannot come to it without the stream.
        return !config.end().isBounded()
                && (finder.isOpenEnded() || streams.gone() < streams.all().size());
    }

    private void described(FollowedStream followed, StreamFacts facts, Throwable error) {
        StreamArn stream = followed.stream();
        if (error != null) {
            // An emulator may lack the call, an identity the permission; neither concerns reading.
            LOG.debug("Could not ask {} what it is", stream, error);
            return;
        }
        followed.wasCreated(facts.created());
        if (facts.distribution() == RecordDistribution.AUTO) {
            unordered++;
            LOG.warn(
                    "Stream {} has the record distribution strategy AUTO: records of one partition key"
                            + " lie in any of its shards, so they come in no order. Where order"
                            + " matters, set it to USER_PARTITION_KEY"
                            + " (UpdateStreamRecordDistributionStrategy)",
                    stream);
        }
    }

    private void finished(int subtask, List<String> splitIds) {
        List<String> recorded = new ArrayList<>();
        for (String splitId : splitIds) {
            handout.finished(splitId, subtask);
            FollowedStream followed = streams.of(splitId);
            if (followed == null
                    || followed.tracker().finished(KinesisShardSplit.shardOf(splitId), subtask)) {
                recorded.add(splitId);
            }
        }
        if (!recorded.isEmpty()) {
            handout.tellRecorded(subtask, recorded);
        }
    }
}
