package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Propagation;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.StreamException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a job ends to read. NOW becomes the time of the first listing and stays so: were it asked
 * again after a failure, shards that had ended would lack what arrived in between.
 *
 * <p>The job master keeps this object for as long as it runs, so NOW also survives a failure that
 * comes before the first checkpoint. From then on, checkpoints hold the time.
 *
 * <p>Thread-safe.
 */
public final class ReadingEnd {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final EndPosition position;
    private final Clock clock;
    private volatile Instant resolved;

    /** The end as configured. */
    public ReadingEnd(EndConfig config, Clock clock) {
        this.position = config.position();
        this.clock = clock;
        this.resolved = config.timestamp() == null ? null : toMillis(config.timestamp());
    }

    /** How often to list shards: a job that ends a moment after its start is not to wait longer. */
    Duration listingInterval(Duration discoveryInterval) {
        return position == EndPosition.NOW && discoveryInterval.compareTo(SOON) > 0
                ? SOON
                : discoveryInterval;
    }

    /** The time, null where reading goes on or the time is not resolved yet. */
    Instant time() {
        return resolved;
    }

    /** The time as splits hold it. */
    long millis() {
        Instant time = resolved;
        return time == null ? KinesisShardSplit.NO_END : time.toEpochMilli();
    }

    /**
     * Goes on with a read that has begun. One without end is given the end that is configured now.
     *
     * @param end the end of that read, null where it had none
     * @throws StreamException when shards may have been read less far than the end that is
     *     configured now
     */
    void restore(Instant end) {
        Instant wanted = resolved;
        boolean fits =
                switch (position) {
                    case NONE -> end == null;
                    case NOW -> true;
                    case AT_TIMESTAMP -> end == null || end.equals(wanted);
                };
        if (!fits) {
            throw new StreamException(refusal(end, wanted), null);
        }
        if (end != null) {
            resolved = end;
        }
    }

    /** Resolves NOW by the clock of whoever made the first listing. */
    void resolve(ShardListing firstListing) {
        if (position == EndPosition.NOW && resolved == null) {
            Instant time = firstListing.serverTime();
            // That time is rounded down; what arrived in the same second and before the listing
            // belongs to the read.
            resolved = toMillis(time == null ? clock.instant() : time.plusSeconds(1));
        }
    }

    /** Whether reading ends at a time that the next listing tells. */
    boolean isToBeResolved() {
        return position == EndPosition.NOW && resolved == null;
    }

    /** Whether a stream that does not exist yet can hold nothing from before the end. */
    boolean isBeforeWhatComes() {
        Instant time = resolved;
        return position == EndPosition.NOW || (time != null && !time.isAfter(clock.instant()));
    }

    /** Whether readers cannot know the end from their configuration. */
    boolean isTold() {
        return position == EndPosition.NOW;
    }

    /** Whether a listing shows all shards that can hold records from before the end. */
    boolean isPast(ShardListing listing) {
        Instant time = listing.serverTime() == null ? clock.instant() : listing.serverTime();
        return resolved != null && Propagation.isOver(resolved.toEpochMilli(), time.toEpochMilli());
    }

    private String refusal(Instant end, Instant wanted) {
        return "The state to restore from is of a read that ends at "
                + end
                + ", but "
                + KinesisSourceOptions.END_POSITION.key()
                + " is "
                + position
                + (wanted == null ? "" : ", " + wanted)
                + ": shards may have ended there already. Restore it with AT_TIMESTAMP and that time;"
                + " to read on behind it, begin anew, with another uid of the source, and "
                + KinesisSourceOptions.INIT_POSITION.key()
                + " AT_TIMESTAMP at that time";
    }

    private static Instant toMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
