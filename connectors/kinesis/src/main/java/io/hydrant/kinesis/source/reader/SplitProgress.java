package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.source.split.SeenProducers;
import io.hydrant.kinesis.stream.Position;

import java.time.Instant;
import java.util.Objects;

/** How far a shard was emitted. Remembers two references and makes a position only when asked. */
final class SplitProgress {

    private final ReadThrough readThrough;
    private final ProducerWindows windows;
    private KinesisShardSplit split;
    private String sequence;
    private long subSequence;
    private int losses;

    /** Stays true while the position moves on: what was read through once is behind it for good. */
    private long knownReadThrough;

    /**
     * A shard of which nothing was emitted yet.
     *
     * @param windows tells copies from other records, or null where copies stay
     */
    SplitProgress(KinesisShardSplit split, ReadThrough readThrough, ProducerWindows windows) {
        this.windows = windows;
        this.split = split;
        this.readThrough = readThrough;
        this.knownReadThrough = split.readThrough();
    }

    /** Whether the record is to be emitted; false for a copy of one that was. */
    boolean isFirst(Envelope record, ProducerStamp stamp) {
        return windows == null || stamp == null || windows.isFirst(stamp, record.arrivalMillis());
    }

    /**
     * What was lost was reported. From here on the shard is read from its oldest record, or, where
     * nothing is left of it, not at all, so that a restore does not report the same loss again.
     */
    void lost(LostRange range) {
        losses++;
        split =
                range.toEnd()
                        ? leaving(Math.max(PositionCheck.LONG_AGO, range.sinceMillis()))
                        : split.at(new Position.TrimHorizon()).withProducers(split.producers());
        sequence = null;
        subSequence = 0;
        knownReadThrough = range.toEnd() ? 0 : range.untilMillis();
    }

    /** The time at which reading begins, null where it does elsewhere, or has begun. */
    Instant begin() {
        return sequence == null && split.position() instanceof Position.AtTimestamp at
                ? at.time()
                : null;
    }

    void emitted(Envelope record) {
        if (sequence == null && !(split.position() instanceof Position.Behind)) {
            // Until now it said since when there was something to read, and more of that may
            // follow.
            knownReadThrough = 0;
        }
        sequence = record.sequence();
        subSequence = record.subSequence();
    }

    /**
     * The shard was read to its end; the split keeps what it leaves to its children.
     *
     * @param openUntil a time at which it was not closed yet, 0 where none is known
     */
    KinesisShardSplit ended(long openUntil) {
        if (split.isFinished()) {
            return split;
        }
        boolean nothingRead = sequence == null && !(split.position() instanceof Position.Behind);
        return leaving(openUntil == 0 && nothingRead ? knownReadThrough : openUntil);
    }

    private KinesisShardSplit leaving(long openUntil) {
        return split.at(new Position.End())
                .withReadThrough(openUntil)
                .withProducers(
                        windows == null ? SeenProducers.NONE : windows.snapshot().handedOn());
    }

    KinesisShardSplit split() {
        if (split.isFinished()) {
            return split;
        }
        ReadThrough.Mark mark = readThrough.of(split.splitId());
        // Equal only when nothing that was read or found is still on its way to be emitted.
        if (mark != null
                && mark.losses() == losses
                && Objects.equals(mark.sequence(), sequence)
                && (sequence == null || mark.subSequence() == subSequence)) {
            knownReadThrough = mark.millis();
        }
        KinesisShardSplit here =
                sequence == null ? split : split.at(new Position.Behind(sequence, subSequence));
        KinesisShardSplit known = here.withReadThrough(knownReadThrough);
        return windows == null ? known : known.withProducers(windows.snapshot());
    }
}
