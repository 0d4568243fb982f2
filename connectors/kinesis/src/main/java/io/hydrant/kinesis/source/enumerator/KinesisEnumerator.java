package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the shards of a stream and hands them out.
 *
 * <p>No shard is lost and none is read twice at once, because a shard is at any time in exactly one
 * place of a checkpoint: waiting in this state, in the state of the reader that has it, or finished
 * in this state or (while that is not yet recorded) in the reader's.
 *
 * <p>Children of a shard are handed out when the shard's end is in a completed checkpoint, see
 * {@link ShardTracker}.
 */
public final class KinesisEnumerator
        implements SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisEnumerator.class);

    /** Every so many listings, all shards are listed, to forget those that are gone. */
    private static final int FULL_LISTING_EVERY = 60;

    private final SplitEnumeratorContext<KinesisShardSplit> context;
    private final StreamArn stream;
    private final KinesisSourceConfig config;
    private final ReadingStart start;
    private final ReadingEnd end;
    private final StreamApi api;
    private final ShardTracker tracker;
    private final ReaderLoads loads = new ReaderLoads();
    private final boolean restored;
    private int listings;

    /** Whether no shard is unlisted that can hold records from before the end. */
    private boolean allShardsKnown;

    /** What the listing thread is to ask for next; written by the coordinator's thread only. */
    private volatile ShardSelection nextSelection;

    private volatile boolean closed;

    /**
     * An enumerator of one stream.
     *
     * @param state null for a job that begins
     * @param start kept by the caller, for the case of a failure before the first checkpoint
     * @param end kept likewise
     * @param api belongs to the enumerator from now on
     */
    public KinesisEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context,
            StreamArn stream,
            KinesisSourceConfig config,
            KinesisEnumeratorState state,
            ReadingStart start,
            ReadingEnd end,
            StreamApi api) {
        this.context = context;
        this.stream = stream;
        this.config = config;
        this.start = start;
        this.end = end;
        this.api = api;
        StreamProgress progress = state == null ? null : progressOf(stream, state);
        this.restored = progress != null;
        this.tracker = restored ? new ShardTracker(progress) : new ShardTracker();
        if (restored) {
            start.restore(progress.start());
            if (progress.newestShardId() != null) {
                end.restore(state.end());
            }
        }
        this.nextSelection = selection();
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> (long) tracker.waiting());
        context.callAsync(
                () -> list(nextSelection),
                this::listed,
                0,
                end.listingInterval(config.discoveryInterval()).toMillis());
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
        loads.stopped(subtaskId);
        tracker.subtaskReset(subtaskId);
        splits.forEach(split -> tracker.returned(split.shardId()));
        assign();
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (event instanceof ReaderStartedEvent startedEvent) {
            loads.started(subtaskId, Set.copyOf(startedEvent.held()));
            finished(subtaskId, startedEvent.finished());
            assign();
        } else if (event instanceof ShardsFinishedEvent finishedEvent) {
            finished(subtaskId, finishedEvent.splitIds());
            assign();
        } else {
            throw new IllegalArgumentException(
                    "The Kinesis source does not know the event " + event);
        }
    }

    @Override
    public KinesisEnumeratorState snapshotState(long checkpointId) {
        return new KinesisEnumeratorState(
                List.of(
                        new StreamProgress(
                                stream,
                                start.position(),
                                tracker.newestShardId(),
                                tracker.snapshot(checkpointId))),
                end.time());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Map<Integer, List<String>> recorded = new TreeMap<>();
        tracker.completed(checkpointId)
                .forEach(
                        (shardId, subtask) ->
                                recorded.computeIfAbsent(subtask, s -> new ArrayList<>())
                                        .add(splitId(shardId)));
        recorded.forEach(this::tellRecorded);
        if (!recorded.isEmpty()) {
            assign();
        }
    }

    @Override
    public void close() {
        closed = true;
        api.close();
    }

    private static StreamProgress progressOf(StreamArn stream, KinesisEnumeratorState state) {
        return state.streams().stream()
                .filter(progress -> progress.stream().equals(stream))
                .findFirst()
                .orElseThrow(
                        () ->
                                new StreamException(
                                        "The state to restore from is of "
                                                + state.streams().stream()
                                                        .map(p -> p.stream().toString())
                                                        .collect(Collectors.joining(", "))
                                                + ", but this source reads "
                                                + stream
                                                + "; read the same stream, or give the source"
                                                + " another uid to begin anew",
                                        null));
    }

    private ShardSelection selection() {
        if (tracker.newestShardId() == null) {
            return start.selection();
        }
        return (listings + 1) % FULL_LISTING_EVERY == 0
                ? new ShardSelection.Readable()
                : new ShardSelection.After(tracker.newestShardId());
    }

    private Listed list(ShardSelection selection) {
        return new Listed(selection, api.listShards(stream, selection));
    }

    private void listed(Listed listed, Throwable error) {
        if (closed) {
            // A listing under way fails when its connection is closed; nobody waits for it.
            return;
        }
        if (error != null) {
            listingFailed(error);
            return;
        }
        if (!listed.selection().equals(nextSelection)) {
            // Asked for before the last listing was taken in, which may have seen more.
            return;
        }
        listings++;
        end.resolve(listed.listing());
        allShardsKnown |= end.isPast(listed.listing());
        Collection<Shard> shards = listed.listing().shards();
        if (tracker.newestShardId() == null) {
            tracker.begin(shards, start.resolve(listed.listing()));
            LOG.info(
                    "Reading {} shards of {} from {}{}",
                    shards.size(),
                    stream,
                    start.position(),
                    end.time() == null ? "" : " until " + end.time());
        } else {
            int before = tracker.waiting();
            tracker.found(shards);
            if (tracker.waiting() > before) {
                LOG.info("Found {} new shards of {}", tracker.waiting() - before, stream);
            }
        }
        if (listed.selection() instanceof ShardSelection.Readable) {
            Set<String> ids = new HashSet<>();
            shards.forEach(shard -> ids.add(shard.id()));
            tracker.forgetUnlisted(ids);
        }
        nextSelection = selection();
        assign();
    }

    private void listingFailed(Throwable error) {
        StreamFailure failure = StreamFailure.of(error);
        boolean goesOn =
                failure == StreamFailure.THROTTLED
                        || (failure == StreamFailure.TRANSIENT && tracker.newestShardId() != null);
        if (!goesOn) {
            throw StreamException.of("ListShards", stream, null, error);
        }
        LOG.warn(
                "Could not list the shards of {}; trying again in {}",
                stream,
                config.discoveryInterval(),
                error);
    }

    private void finished(int subtask, List<String> splitIds) {
        List<String> recorded = new ArrayList<>();
        for (String splitId : splitIds) {
            loads.released(splitId, subtask);
            if (tracker.finished(shardId(splitId), subtask)) {
                recorded.add(splitId);
            }
        }
        if (!recorded.isEmpty()) {
            tellRecorded(subtask, recorded);
        }
    }

    private void tellRecorded(int subtask, List<String> splitIds) {
        if (isReachable(subtask)) {
            context.sendEventToSourceReader(subtask, new FinishRecordedEvent(splitIds));
        }
    }

    private void assign() {
        int parallelism = context.currentParallelism();
        if (restored && !loads.allUp(parallelism)) {
            // Who reads how much is known only when all have said so.
            return;
        }
        for (TrackedShard ready : tracker.ready()) {
            Shard shard = ready.shard();
            String splitId = splitId(shard.id());
            int owner = loads.ownerOf(splitId, parallelism);
            if (isReachable(owner)) {
                context.assignSplit(
                        new KinesisShardSplit(
                                stream,
                                shard.id(),
                                shard.hashKeys(),
                                ready.start(),
                                0,
                                end.millis()),
                        owner);
                loads.assigned(splitId, owner);
                tracker.assigned(shard.id());
                LOG.info("Subtask {} reads {} from {}", owner, splitId, ready.start());
            }
        }
        endIfThrough();
    }

    /** Ends the job when everything up to the end was read. */
    private void endIfThrough() {
        if (!allShardsKnown || !tracker.isThrough()) {
            return;
        }
        for (int subtask : context.registeredReaders().keySet()) {
            if (loads.isUp(subtask) && loads.ended(subtask)) {
                context.signalNoMoreSplits(subtask);
                LOG.info("Subtask {} has nothing left to read until {}", subtask, end.time());
            }
        }
    }

    /**
     * Whether a subtask has started and can be sent to. Flink takes a failed one off its list at
     * once, but calls {@link #addSplitsBack} only when it is about to start again; what is sent in
     * between would fail the whole job.
     */
    private boolean isReachable(int subtask) {
        return loads.isUp(subtask) && context.registeredReaders().containsKey(subtask);
    }

    private String splitId(String shardId) {
        return KinesisShardSplit.splitId(stream, shardId);
    }

    private String shardId(String splitId) {
        return splitId.substring(splitId("").length());
    }

    private record Listed(ShardSelection selection, ShardListing listing) {}
}
