package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;

import java.util.Objects;

/** How far a shard was emitted. Remembers two references and makes a position only when asked. */
final class SplitProgress {

    private final KinesisShardSplit split;
    private final ReadThrough readThrough;
    private String sequence;
    private long subSequence;

    /** Stays true while the position moves on: what was read through once is behind it for good. */
    private long knownReadThrough;

    SplitProgress(KinesisShardSplit split, ReadThrough readThrough) {
        this.split = split;
        this.readThrough = readThrough;
        this.knownReadThrough = split.readThrough();
    }

    void emitted(Envelope record) {
        sequence = record.sequence();
        subSequence = record.subSequence();
    }

    KinesisShardSplit split() {
        if (sequence == null && !(split.position() instanceof Position.Behind)) {
            return split;
        }
        ReadThrough.Mark mark = readThrough.of(split.splitId());
        // Equal only when nothing that was read is still on its way to be emitted.
        if (mark != null
                && Objects.equals(mark.sequence(), sequence)
                && (sequence == null || mark.subSequence() == subSequence)) {
            knownReadThrough = mark.millis();
        }
        KinesisShardSplit here =
                sequence == null ? split : split.at(new Position.Behind(sequence, subSequence));
        return here.withReadThrough(knownReadThrough);
    }
}
