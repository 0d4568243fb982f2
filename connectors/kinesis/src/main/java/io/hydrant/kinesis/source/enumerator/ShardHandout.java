package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.EndResolvedEvent;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Shard;

import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Set;

/**
 * Hands shards that are ready to readers that are up, and says to those what they wait for. {@link
 * ReaderLoads} judges who gets which shard.
 *
 * <p>Used by the coordinator's thread only.
 */
final class ShardHandout {

    private static final Logger LOG = LoggerFactory.getLogger(ShardHandout.class);

    private final SplitEnumeratorContext<KinesisShardSplit> context;
    private final FollowedStreams streams;
    private final ReadingEnd end;
    private final StreamConsumers consumers;
    private final boolean restored;
    private final ReaderLoads loads = new ReaderLoads();
    private boolean streamsFound;
    private boolean through;

    /**
     * A handout to readers that are not up yet.
     *
     * @param restored whether readers may hold shards already when they come up
     */
    ShardHandout(
            SplitEnumeratorContext<KinesisShardSplit> context,
            FollowedStreams streams,
            ReadingEnd end,
            StreamConsumers consumers,
            boolean restored) {
        this.context = context;
        this.streams = streams;
        this.end = end;
        this.consumers = consumers;
        this.restored = restored;
    }

    /** The streams to begin with are known. */
    void streamsFound() {
        streamsFound = true;
    }

    /** Whether readers were told that nothing comes any more. */
    boolean isThrough() {
        return through;
    }

    /** A reader is up with these splits. */
    void readerStarted(int subtask, List<String> held) {
        loads.started(subtask, Set.copyOf(held));
        consumers.readerStarted(subtask);
    }

    /** A reader is down. */
    void readerFailed(int subtask) {
        loads.stopped(subtask);
        consumers.readerFailed();
    }

    /** A reader has read a split to its end. */
    void finished(String splitId, int subtask) {
        loads.released(splitId, subtask);
    }

    /** Says that the ends of splits are in a completed checkpoint. */
    void tellRecorded(int subtask, List<String> splitIds) {
        if (isReachable(subtask)) {
            context.sendEventToSourceReader(subtask, new FinishRecordedEvent(splitIds));
        }
    }

    /** Says where reading ends: readers wait for it with shards of a read that had no end. */
    void tellEnd(int subtask) {
        if (restored && end.isTold() && end.time() != null && isReachable(subtask)) {
            context.sendEventToSourceReader(subtask, new EndResolvedEvent(end.millis()));
        }
    }

    /** The same to all. */
    void tellEnd() {
        context.registeredReaders().keySet().forEach(this::tellEnd);
    }

    /** Hands out what is ready, and ends the job where nothing is left. */
    void assign() {
        int parallelism = context.currentParallelism();
        if (restored && (!loads.allUp(parallelism) || end.isToBeResolved())) {
            // Who reads how much is known only when all have said so, and until when, when the
            // first listing has told.
            return;
        }
        for (FollowedStream followed : streams.all()) {
            for (TrackedShard ready : followed.tracker().ready()) {
                assign(followed, ready, parallelism);
            }
        }
        endIfThrough();
    }

    private void assign(FollowedStream followed, TrackedShard ready, int parallelism) {
        Shard shard = ready.shard();
        String splitId = followed.splitId(shard.id());
        int owner = loads.ownerOf(splitId, parallelism);
        if (isReachable(owner)) {
            context.assignSplit(
                    new KinesisShardSplit(
                                    followed.stream(),
                                    shard.id(),
                                    shard.hashKeys(),
                                    ready.start(),
                                    0,
                                    end.millis())
                            .inheriting(followed.inheritance(ready)),
                    owner);
            loads.assigned(splitId, owner);
            followed.tracker().assigned(shard.id());
            LOG.info("Subtask {} reads {} from {}", owner, splitId, ready.start());
        }
    }

    /** Ends the job when everything up to the end was read, of the streams that were found. */
    private void endIfThrough() {
        if (end.time() == null || !streamsFound || !streams.areThrough()) {
            return;
        }
        through = true;
        for (int subtask : context.registeredReaders().keySet()) {
            if (loads.isUp(subtask) && loads.ended(subtask)) {
                context.signalNoMoreSplits(subtask);
                consumers.readerEnded(subtask);
                LOG.info("Subtask {} has nothing left to read until {}", subtask, end.time());
            }
        }
    }

    /**
     * Whether a subtask has started and can be sent to. Flink takes a failed one off its list at
     * once, but calls {@link KinesisEnumerator#addSplitsBack} only when it is about to start again;
     * what is sent in between would fail the whole job. So would what is sent to one that has
     * finished, which it may have from the moment when it was told that nothing comes any more.
     */
    private boolean isReachable(int subtask) {
        return loads.isUp(subtask)
                && !loads.hasEnded(subtask)
                && context.registeredReaders().containsKey(subtask);
    }
}
