package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;

import java.time.Duration;

/**
 * The rule by which a position that the stream no longer holds is told.
 *
 * <p>The service does not tell: an iterator at a sequence number whose record has passed the
 * retention reads on at the oldest record held. So reading begins <em>at</em> the last record
 * emitted, not behind it. If that record comes back, nothing between it and what follows can be
 * missing, because records expire oldest first. If it does not, records behind it may have expired
 * with it. Whether there were any, nobody can say any more, except where the shard is known to have
 * been read through later than any record can have expired; without that knowledge, every shard
 * that is idle for longer than the retention would look lost.
 *
 * <p>Source: Kinesis Data Streams developer guide, "Change the data retention period" (no stream
 * keeps records for less than 24 hours).
 */
final class PositionCheck {

    /** What the first page at a position says about it. */
    enum Finding {
        /** Nothing is missing. */
        HELD,
        /** Neither; the next page may tell. */
        UNDECIDED,
        /** Records behind the position may be missing. */
        LOST
    }

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(24);

    /** How far the clocks of this job's machines and the service's may be apart. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private static final long SAFE_MILLIS = SHORTEST_RETENTION.minus(CLOCK_TOLERANCE).toMillis();

    private PositionCheck() {}

    /**
     * Judges a position by a page that was read at it.
     *
     * @param position the last user record emitted
     * @param page the first page read there, or the one after an undecided one
     * @param readThrough when nothing was left to read behind the position, in milliseconds since
     *     the epoch; 0 where that is not known
     * @param now in milliseconds since the epoch
     */
    static Finding judge(Position.Behind position, RecordPage page, long readThrough, long now) {
        if (!isDecisive(page)) {
            return Finding.UNDECIDED;
        }
        if (!page.records().isEmpty()) {
            if (page.records().stream()
                    .anyMatch(record -> record.sequence().equals(position.sequence()))) {
                return Finding.HELD;
            }
            if (isBefore(page.records().get(0), position)) {
                return Finding.LOST;
            }
        }
        return isSafe(readThrough, now) ? Finding.HELD : Finding.LOST;
    }

    /** Whether a page says what the shard holds: GetRecords may return none although there are. */
    static boolean isDecisive(RecordPage page) {
        return !page.records().isEmpty()
                || page.nextIterator() == null
                || page.millisBehindLatest() == 0;
    }

    /** Whether a record is one that a stream which once held the position cannot begin with. */
    static boolean isBefore(Envelope record, Position.Behind position) {
        return OldRecords.isBefore(record.sequence(), position.sequence());
    }

    /** Whether no record behind a position can have expired. */
    private static boolean isSafe(long readThrough, long now) {
        return now - readThrough < SAFE_MILLIS;
    }
}
