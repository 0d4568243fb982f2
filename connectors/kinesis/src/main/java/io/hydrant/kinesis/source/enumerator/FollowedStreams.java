package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The streams that are read, in the order in which they were found.
 *
 * <p>Changed by the coordinator's thread only; {@link #all()} may be called by any.
 */
final class FollowedStreams {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedStreams.class);

    private final ReadingStart start;
    private final ReadingEnd end;
    private final ShardOrder order;
    private final Map<String, FollowedStream> byArn = new LinkedHashMap<>();
    private volatile List<FollowedStream> all = List.of();
    private boolean checkpointing;

    FollowedStreams(ReadingStart start, ReadingEnd end, ShardOrder order) {
        this.start = start;
        this.end = end;
        this.order = order;
    }

    /**
     * Takes over what a checkpoint holds of streams that are selected.
     *
     * @throws StreamException when it holds some, but of none that is selected: then the state is
     *     another source's
     */
    void restore(KinesisEnumeratorState state, StreamSelection selection) {
        checkpointing = true;
        for (StreamProgress progress : state.streams()) {
            if (selection.selects(progress.stream())) {
                start.restore(progress.stream(), progress.start());
                add(new FollowedStream(progress, start, end, order));
            }
        }
        if (byArn.isEmpty() && !state.streams().isEmpty()) {
            throw new StreamException(
                    "The state to restore from is of "
                            + state.streams().stream()
                                    .map(p -> p.stream().toString())
                                    .collect(Collectors.joining(", "))
                            + ", but this source reads "
                            + selection
                            + "; read at least one of those streams, or give the source another uid"
                            + " to begin anew",
                    null);
        }
        for (StreamProgress progress : state.streams()) {
            if (!byArn.containsKey(progress.stream().toString())) {
                LOG.warn(
                        "State holds stream {}, which is not read any more: what it holds of it is"
                                + " dropped",
                        progress.stream());
            }
        }
    }

    /** All of them, as they are now. */
    List<FollowedStream> all() {
        return all;
    }

    Collection<StreamArn> arns() {
        return all.stream().map(FollowedStream::stream).toList();
    }

    boolean follows(StreamArn stream) {
        return byArn.containsKey(stream.toString());
    }

    /** Reads another stream from now on. */
    FollowedStream follow(StreamArn stream) {
        FollowedStream followed = new FollowedStream(stream, start, end, order);
        if (checkpointing) {
            followed.tracker().makesCheckpoints();
        }
        add(followed);
        return followed;
    }

    /** What a checkpoint that begins now has to hold. */
    List<StreamProgress> snapshot(long checkpointId) {
        checkpointing = true;
        return all.stream().map(followed -> followed.snapshot(checkpointId)).toList();
    }

    /** Reads the stream no more. */
    void unfollow(FollowedStream followed) {
        byArn.remove(followed.stream().toString());
        all = List.copyOf(byArn.values());
    }

    /** The stream of a split, null when it is not followed. */
    FollowedStream of(String splitId) {
        return byArn.get(KinesisShardSplit.streamOf(splitId));
    }

    /** Whether any of them was ever listed, so that there is somebody who answers. */
    boolean anyListed() {
        return all.stream().anyMatch(FollowedStream::everListed);
    }

    /** Shards that no reader has had. */
    long waiting() {
        return all.stream().mapToLong(followed -> followed.tracker().waiting()).sum();
    }

    /** Shards that wait for nothing but a completed checkpoint. */
    long heldBack() {
        return all.stream().mapToLong(followed -> followed.tracker().heldBack()).sum();
    }

    /** Streams that were there once and are no more. */
    int gone() {
        return (int) all.stream().filter(FollowedStream::isGone).count();
    }

    /** Whether everything up to the end was read. */
    boolean areThrough() {
        return all.stream().allMatch(FollowedStream::isThrough);
    }

    private void add(FollowedStream followed) {
        byArn.put(followed.stream().toString(), followed);
        all = List.copyOf(byArn.values());
    }
}
