package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;

/** How far a shard was emitted. Remembers two references and makes a position only when asked. */
final class SplitProgress {

    private final KinesisShardSplit split;
    private String sequence;
    private long subSequence;

    SplitProgress(KinesisShardSplit split) {
        this.split = split;
    }

    void emitted(Envelope record) {
        sequence = record.sequence();
        subSequence = record.subSequence();
    }

    KinesisShardSplit split() {
        return sequence == null ? split : split.at(new Position.Behind(sequence, subSequence));
    }
}
