package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;

import java.time.Clock;
import java.time.Instant;

/**
 * Where a job begins to read a stream. LATEST becomes the time of the first listing and stays so:
 * were it asked again after a failure, what arrived in between would be lost.
 *
 * <p>The job master keeps this object for as long as it runs, so LATEST also survives a failure
 * that comes before the first checkpoint. From then on, checkpoints hold the time.
 *
 * <p>Thread-safe.
 */
public final class ReadingStart {

    private final InitialPosition initialPosition;
    private final Clock clock;
    private volatile Position resolved;

    /** The start as configured. */
    public ReadingStart(KinesisSourceConfig config, Clock clock) {
        this.initialPosition = config.initialPosition();
        this.clock = clock;
        this.resolved =
                switch (initialPosition) {
                    case LATEST -> null;
                    case TRIM_HORIZON -> new Position.TrimHorizon();
                    case AT_TIMESTAMP -> new Position.AtTimestamp(config.initialTimestamp());
                };
    }

    /** The position, null while it is LATEST and no listing was made. */
    Position position() {
        return resolved;
    }

    /** Goes on from a start that an earlier run resolved. */
    void restore(Position position) {
        if (position != null) {
            resolved = position;
        }
    }

    /** The shards to list first. */
    ShardSelection selection() {
        Position position = resolved;
        if (position == null) {
            return new ShardSelection.Open();
        }
        return position instanceof Position.AtTimestamp at
                ? new ShardSelection.Since(at.time())
                : new ShardSelection.Readable();
    }

    /** The position, LATEST being now by the clock of whoever made the listing. */
    Position resolve(ShardListing firstListing) {
        if (resolved == null) {
            Instant now = firstListing.serverTime();
            resolved = new Position.AtTimestamp(now != null ? now : clock.instant());
        }
        return resolved;
    }
}
