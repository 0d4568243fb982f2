package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamArn;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a job begins to read each stream. LATEST becomes the time of the stream's first listing and
 * stays so: were it asked again after a failure, what arrived in between would be lost.
 *
 * <p>The job master keeps this object for as long as it runs, so LATEST also survives a failure
 * that comes before the first checkpoint. From then on, checkpoints hold the time.
 *
 * <p>Thread-safe.
 */
public final class ReadingStart {

    /** Null for LATEST, which each stream resolves for itself. */
    private final Position configured;

    private final Clock clock;
    private final Map<StreamArn, Position> resolved = new HashMap<>();
    private Instant earliestRestored;
    private boolean begun;

    /** The start as configured. */
    public ReadingStart(KinesisSourceConfig config, Clock clock) {
        this.clock = clock;
        this.configured =
                switch (config.initialPosition()) {
                    case LATEST -> null;
                    case TRIM_HORIZON -> new Position.TrimHorizon();
                    case AT_TIMESTAMP -> new Position.AtTimestamp(config.initialTimestamp());
                };
    }

    /** The position, null while it is {@link InitialPosition#LATEST} and no listing was made. */
    synchronized Position position(StreamArn stream) {
        return resolved.getOrDefault(stream, configured);
    }

    /** Goes on from a start that an earlier run resolved. */
    synchronized void restore(StreamArn stream, Position position) {
        if (position == null) {
            return;
        }
        resolved.put(stream, position);
        if (position instanceof Position.AtTimestamp at
                && (earliestRestored == null || at.time().isBefore(earliestRestored))) {
            earliestRestored = at.time();
        }
    }

    /**
     * The streams to begin with are known.
     *
     * @return whether they were known before, in this run of the job or an earlier one
     */
    synchronized boolean begin() {
        boolean before = begun;
        begun = true;
        return before;
    }

    /**
     * Takes a stream that was not there when reading began. A stream that was made since is read
     * whole. One that a restored job finds may also be older and match a pattern that was changed,
     * so it is read from when the job began, which is the same for all that were made since.
     */
    synchronized void cameLater(StreamArn stream) {
        if (configured == null) {
            resolved.putIfAbsent(
                    stream,
                    earliestRestored == null
                            ? new Position.TrimHorizon()
                            : new Position.AtTimestamp(earliestRestored));
        }
    }

    /** The shards of the stream to list first. */
    ShardSelection selection(StreamArn stream) {
        Position position = position(stream);
        if (position == null) {
            return new ShardSelection.Open();
        }
        return position instanceof Position.AtTimestamp at
                ? new ShardSelection.Since(at.time())
                : new ShardSelection.Readable();
    }

    /** The time of the job. */
    long nowMillis() {
        return clock.millis();
    }

    /** When a listing was made, by the clock of whoever made it, or this one. */
    Instant timeOf(ShardListing listing) {
        return listing.serverTime() != null ? listing.serverTime() : clock.instant();
    }

    /** The position, LATEST being now by the clock of whoever made the listing. */
    synchronized Position resolve(StreamArn stream, ShardListing firstListing) {
        Position position = position(stream);
        if (position == null) {
            position = new Position.AtTimestamp(timeOf(firstListing));
            resolved.put(stream, position);
        }
        return position;
    }
}
