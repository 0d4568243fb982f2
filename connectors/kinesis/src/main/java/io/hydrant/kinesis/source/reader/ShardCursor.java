package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.StreamApi;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One shard being read: where to go on, and when.
 *
 * <p>Not thread-safe.
 */
final class ShardCursor {

    /** A sub-sequence number behind all user records of a Kinesis record. */
    static final long WHOLE_RECORD = Long.MAX_VALUE;

    private final KinesisShardSplit split;
    private final String splitId;
    private final ShardPace pace;
    private final UserRecords userRecords;
    private Position position;

    /** The position that is in doubt until a page was read there; null where none is. */
    private Position.Behind doubtful;

    private RuntimeException refusal;
    private LostRange lost;
    private int losses;
    private long readThrough;

    /** While no record was read: nothing that is to be read is older; 0 where that is not known. */
    private long since;

    /** How long the stream keeps records, as it said before the next page; 0 where it did not. */
    private long retention;

    private boolean unread;
    private boolean nearHorizon;
    private boolean advanced;
    private long openUntil;
    private String lastSequence;
    private long lastSubSequence;
    private String iterator;
    private boolean atEnd;
    private long nextCall;

    ShardCursor(
            KinesisShardSplit split, KinesisSourceConfig config, long now, RandomGenerator random) {
        this.split = split;
        this.splitId = split.splitId();
        this.position =
                split.position() instanceof Position.After after
                        ? new Position.Behind(after.sequence(), WHOLE_RECORD)
                        : split.position();
        this.unread = !(position instanceof Position.Behind);
        this.readThrough = unread ? 0 : split.readThrough();
        this.since = unread ? split.readThrough() : 0;
        this.openUntil = readThrough;
        this.nextCall = now;
        this.pace = newPace(config, random);
        this.userRecords =
                new UserRecords(
                        split.hashKeys(),
                        position,
                        config.deaggregate() ? config.outOfRange() : null,
                        config.deduplication() != null);
    }

    static ShardPace newPace(KinesisSourceConfig config, RandomGenerator random) {
        return new ShardPace(
                config.maxRecordsPerCall(),
                config.targetBytesPerCall(),
                config.callInterval(),
                config.idleCallInterval(),
                random);
    }

    KinesisShardSplit split() {
        return split;
    }

    String splitId() {
        return splitId;
    }

    ShardPace pace() {
        return pace;
    }

    /** When to read next, by {@link ReaderTime#nanoTime()}. */
    long nextCall() {
        return nextCall;
    }

    void nextCall(long time) {
        nextCall = time;
    }

    /** Which of two is to be read first; their times may be of different signs. */
    int compareNextCall(ShardCursor other) {
        return Long.signum(nextCall - other.nextCall);
    }

    /** Whether all of the shard was read that there is to read. */
    boolean atEnd() {
        return atEnd;
    }

    boolean hasIterator() {
        return iterator != null;
    }

    void requestIterator(StreamApi api) {
        iterator = api.shardIterator(split.stream(), split.shardId(), position);
        reopened();
    }

    /** The next page begins at the position, which shows whether that is still there. */
    void reopened() {
        if (position instanceof Position.Behind behind) {
            userRecords.resumeAt(behind);
            doubtful = behind;
        } else {
            unread = true;
        }
    }

    /**
     * Asks how long the stream keeps records, where that decides whether some may have expired
     * before they were read.
     *
     * @param now in milliseconds since the epoch
     */
    void askRetention(Retentions retentions, long now) {
        boolean nothingRead = !(position instanceof Position.Behind);
        if (nearHorizon || (nothingRead && PositionCheck.mayHaveExpired(since, 0, now))) {
            nearHorizon = false;
            retentions.ask(split.stream());
        }
        retention = retentions.millisOf(split.stream());
    }

    /** Whether what follows a page may expire before it is read, so that reading makes sure. */
    boolean isNearHorizon(RecordPage page, Retentions retentions) {
        // Where only the last record came back, there is nothing behind it that could expire.
        nearHorizon =
                advanced
                        && PositionCheck.isNearHorizon(
                                page.millisBehindLatest(), retentions.millisOf(split.stream()));
        return nearHorizon && position instanceof Position.Behind;
    }

    /** Until when everything is known to have been read, or not to be read; 0 where nothing is. */
    long known() {
        return position instanceof Position.Behind ? readThrough : since;
    }

    /** A time at which the shard was not closed yet, 0 where none is known. */
    long openUntil() {
        return openUntil;
    }

    Position position() {
        return position;
    }

    /** The service does not take the position; the oldest record held is read next. */
    void refused(RuntimeException error) {
        doubtful = (Position.Behind) position;
        refusal = error;
        position = new Position.TrimHorizon();
    }

    /** Holds the position against the first page read there, before that page is taken. */
    void check(RecordPage page, long now, LostPositions lostPositions) {
        if (!PositionCheck.isDecisive(page)) {
            return;
        }
        if (unread && doubtful == null) {
            checkUnread(page, now, lostPositions);
        }
        unread = false;
        if (doubtful == null) {
            return;
        }
        boolean isLost =
                refusal != null
                        || PositionCheck.judge(doubtful, page, readThrough, now)
                                == PositionCheck.Finding.LOST;
        if (isLost) {
            losses++;
            lost = lostPositions.trimmed(split, doubtful, page, refusal, readThrough, now);
            readThrough = lost.untilMillis();
            lastSequence = null;
            // A stream that was made again may number its records lower.
            position = new Position.TrimHorizon();
        }
        doubtful = null;
        refusal = null;
    }

    private void checkUnread(RecordPage page, long now, LostPositions lostPositions) {
        switch (PositionCheck.judgeUnread(page, since, retention, now)) {
            case LOST -> {
                losses++;
                lost = lostPositions.expiredUnread(split, position, page, since, now);
                since = lost.untilMillis();
            }
            case UNDECIDED -> lostPositions.cannotTell(split, since);
            case HELD -> {
                // Nothing that was to be read is missing.
            }
        }
    }

    /** The shard is gone, and with it what was not read. */
    void end(LostRange rest) {
        lost = rest;
        atEnd = true;
    }

    /** The marker of what was found to be lost, to be emitted before anything else; once. */
    Envelope takeLost() {
        LostRange found = lost;
        lost = null;
        return found == null ? null : found.marker();
    }

    RecordPage read(StreamApi api) {
        return api.getRecords(split.stream(), split.shardId(), iterator, pace.limit());
    }

    /**
     * The iterator is too old; the next one is asked for at the last record read, so that it shows
     * whether that is still there.
     */
    void dropIterator() {
        iterator = null;
    }

    /**
     * Moves on behind a page and gives the user records in it.
     *
     * @param calledAt when it was asked for, in milliseconds since the epoch
     */
    List<Envelope> take(RecordPage page, long calledAt) {
        iterator = page.nextIterator();
        if (!page.records().isEmpty()) {
            openUntil =
                    Math.max(
                            openUntil,
                            page.records().get(page.records().size() - 1).arrivalMillis());
        } else if (iterator != null && page.isAtTip()) {
            openUntil = Math.max(openUntil, calledAt);
        }
        List<Envelope> records = OldRecords.without(page.records(), position);
        int before = EndCheck.before(records, split.end());
        atEnd =
                iterator == null
                        || before < records.size()
                        || EndCheck.isReached(page, split.end(), calledAt);
        advanced = before > 0;
        if (before == 0) {
            return List.of();
        }
        if (before < records.size()) {
            records = records.subList(0, before);
        }
        List<Envelope> result = userRecords.of(records);
        position = new Position.Behind(records.get(records.size() - 1).sequence(), WHOLE_RECORD);
        if (!result.isEmpty()) {
            Envelope last = result.get(result.size() - 1);
            lastSequence = last.sequence();
            lastSubSequence = last.subSequence();
        }
        return result;
    }

    /**
     * Nothing is left to read.
     *
     * @param millis when the last page was asked for, in milliseconds since the epoch
     */
    ReadThrough.Mark readThrough(long millis) {
        readThrough = millis;
        since = millis;
        return new ReadThrough.Mark(lastSequence, lastSubSequence, losses, millis);
    }

    UserRecords userRecords() {
        return userRecords;
    }
}
