package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.source.PositionLost;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.StreamException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;

/** Fails, or logs and counts, where the stream no longer holds a position. */
final class LostPositions {

    private static final Logger LOG = LoggerFactory.getLogger(LostPositions.class);

    private static final String WITH_THE_CHILDREN = "with the shard's children";

    private final PositionLost reaction;
    private final ReaderMetrics metrics;

    LostPositions(PositionLost reaction, ReaderMetrics metrics) {
        this.reaction = reaction;
        this.metrics = metrics;
    }

    /**
     * Records behind a position may be gone.
     *
     * @param page the first page of what the shard holds
     * @param refusal why the service does not take the position, null where it does
     * @param since until when everything is known to have been read, in milliseconds since the
     *     epoch; 0 where that is not known
     * @param now in milliseconds since the epoch
     * @return what may be lost
     */
    LostRange trimmed(
            KinesisShardSplit split,
            Position.Behind position,
            RecordPage page,
            RuntimeException refusal,
            long since,
            long now) {
        Envelope oldest = oldest(page);
        boolean otherStream =
                refusal != null || (oldest != null && PositionCheck.isBefore(oldest, position));
        String finding;
        if (oldest == null) {
            finding =
                    "the shard holds no record, and every record behind the position that has come"
                            + " until now may be lost";
        } else if (otherStream) {
            finding =
                    "every record behind the position may be lost; the oldest record held is "
                            + describe(oldest);
        } else {
            finding =
                    "records between "
                            + position.sequence()
                            + " and "
                            + oldest.sequence()
                            + " may be lost; the oldest record held is "
                            + describe(oldest);
        }
        react(
                split,
                position,
                (otherStream
                                ? "is not one of this stream, which was deleted and created again"
                                : "has passed the stream's retention")
                        + (refusal == null ? "" : " (" + refusal.getMessage() + ")")
                        + ": "
                        + finding,
                wayOn(page),
                refusal);
        return range(
                split,
                position,
                otherStream || oldest == null ? null : oldest.sequence(),
                since,
                oldest == null ? now : oldest.arrivalMillis(),
                nothingFollows(page));
    }

    /**
     * Records of a shard of which nothing was read may be gone.
     *
     * @param page the first page of what the shard holds
     * @param since what was to be read arrived then or later, in milliseconds since the epoch
     * @param now likewise
     * @return what may be lost
     */
    LostRange expiredUnread(
            KinesisShardSplit split, Position position, RecordPage page, long since, long now) {
        Envelope oldest = oldest(page);
        react(
                split,
                position,
                "has passed the stream's retention before anything was read there: records that"
                        + (since == PositionCheck.LONG_AGO
                                ? " arrived until "
                                : " arrived between " + Instant.ofEpochMilli(since) + " and ")
                        + (oldest == null ? "now" : Instant.ofEpochMilli(oldest.arrivalMillis()))
                        + " may be lost; the shard holds "
                        + (oldest == null
                                ? "no record"
                                : "as its oldest record " + describe(oldest)),
                wayOn(page),
                null);
        return range(
                split,
                position,
                oldest == null ? null : oldest.sequence(),
                since,
                oldest == null ? now : oldest.arrivalMillis(),
                nothingFollows(page));
    }

    /** Nobody can say whether records of the shard expired before it was read. */
    void cannotTell(KinesisShardSplit split, long since) {
        LOG.warn(
                "Whether records of {} expired before anything was read there, nobody can tell: {}",
                split.splitId(),
                since == 0
                        ? "the checkpoint does not say since when it was to be read"
                        : "it was to be read since "
                                + Instant.ofEpochMilli(since)
                                + ", but the stream does not say how long it keeps records");
    }

    /**
     * The whole shard is gone, and it was not read to its end. When it was read through last does
     * not matter: had that been after it was closed, its end would have been found.
     *
     * @param since until when everything is known to have been read, in milliseconds since the
     *     epoch; 0 where that is not known
     * @param now in milliseconds since the epoch
     * @return what may be lost
     */
    LostRange shardGone(
            KinesisShardSplit split,
            Position position,
            long since,
            long now,
            RuntimeException error) {
        react(
                split,
                position,
                "is gone with its shard, which has passed the stream's retention: every record from"
                        + " there to the end of the shard may be lost",
                WITH_THE_CHILDREN,
                error);
        return range(split, position, null, since, now, true);
    }

    private static Envelope oldest(RecordPage page) {
        return page.records().isEmpty() ? null : page.records().get(0);
    }

    /**
     * Whether the shard has ended and nothing is left of it. Its children are then older than the
     * page, and records of theirs may be lost that arrived before it.
     */
    private static boolean nothingFollows(RecordPage page) {
        return page.records().isEmpty() && page.nextIterator() == null;
    }

    private static String wayOn(RecordPage page) {
        return nothingFollows(page) ? WITH_THE_CHILDREN : "at the oldest record held";
    }

    private static LostRange range(
            KinesisShardSplit split,
            Position position,
            String before,
            long since,
            long until,
            boolean toEnd) {
        Position.Behind behind = position instanceof Position.Behind known ? known : null;
        boolean isInside = behind != null && behind.subSequence() != ShardCursor.WHOLE_RECORD;
        return new LostRange(
                split.stream().stream(),
                split.shardId(),
                behind == null ? null : behind.sequence(),
                isInside ? behind.subSequence() : 0,
                before,
                since == PositionCheck.LONG_AGO ? 0 : since,
                until,
                toEnd);
    }

    private void react(
            KinesisShardSplit split,
            Position position,
            String what,
            String where,
            RuntimeException cause) {
        String message =
                "The position in "
                        + split.shardId()
                        + " of stream "
                        + split.stream()
                        + ", "
                        + describe(position)
                        + ", "
                        + what;
        if (reaction == PositionLost.FAIL) {
            throw new StreamException(
                    message
                            + ". Restore a younger checkpoint, lengthen the stream's retention before"
                            + " more records pass it, or set "
                            + KinesisSourceOptions.POSITION_LOST.key()
                            + " to "
                            + PositionLost.CONTINUE
                            + " to go on "
                            + where,
                    cause);
        }
        metrics.positionLost();
        LOG.warn("{}. Going on {}", message, where, cause);
    }

    private static String describe(Envelope record) {
        return record.sequence()
                + ", which arrived at "
                + Instant.ofEpochMilli(record.arrivalMillis());
    }

    private static String describe(Position position) {
        if (position instanceof Position.Behind behind) {
            return "behind sequence number "
                    + behind.sequence()
                    + (behind.subSequence() == ShardCursor.WHOLE_RECORD
                            ? ""
                            : ", sub-sequence number " + behind.subSequence());
        }
        return position instanceof Position.AtTimestamp at
                ? "at what arrived from " + at.time() + " on"
                : "at its beginning";
    }
}
