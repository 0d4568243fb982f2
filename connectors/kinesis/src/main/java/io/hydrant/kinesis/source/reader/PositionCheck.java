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
 * <p>A shard of which nothing was read has no such record. There it counts when the oldest record
 * that was to be read can have arrived, and how long the stream keeps records. And a reader that
 * lags behind by nearly the retention asks for the last record again before each page, because an
 * iterator whose next record has expired reads on behind it without a word.
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

    /** A time that nobody knows but to be older than any retention. */
    static final long LONG_AGO = 1;

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

    /**
     * Judges a shard of which no record was read, by its first page.
     *
     * @param since a time before which no record arrived that was to be read, in milliseconds since
     *     the epoch; 0 where none is known
     * @param retention how long the stream keeps records, in milliseconds; 0 where that is not
     *     known
     * @param now in milliseconds since the epoch
     * @return UNDECIDED where too little is known to tell
     */
    static Finding judgeUnread(RecordPage page, long since, long retention, long now) {
        if (since > 0 && !mayHaveExpired(since, retention, now)) {
            return Finding.HELD;
        }
        boolean holdsOlder =
                !page.records().isEmpty() && page.records().get(0).arrivalMillis() <= since;
        if (holdsOlder) {
            // What arrived later expires later.
            return Finding.HELD;
        }
        return since == 0 || retention == 0 ? Finding.UNDECIDED : Finding.LOST;
    }

    /**
     * Whether records that arrived after a time may have expired.
     *
     * @param since in milliseconds since the epoch; 0 where it is not known
     * @param retention in milliseconds; 0 for the shortest there is
     */
    static boolean mayHaveExpired(long since, long retention, long now) {
        return since > 0 && now - since >= safe(retention);
    }

    /**
     * Whether the records that follow a page may expire before the next one is read. Pages follow
     * each other within the five minutes for which an iterator or a subscription is good.
     *
     * @param millisBehind how far behind the newest record the page ended
     * @param retention in milliseconds; 0 for the shortest there is
     */
    static boolean isNearHorizon(long millisBehind, long retention) {
        return millisBehind >= safe(retention);
    }

    private static long safe(long retention) {
        return retention == 0 ? SAFE_MILLIS : retention - CLOCK_TOLERANCE.toMillis();
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
