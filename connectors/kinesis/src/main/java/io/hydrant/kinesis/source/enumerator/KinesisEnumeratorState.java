package io.hydrant.kinesis.source.enumerator;

import java.util.List;

/**
 * What a checkpoint holds of the enumerator.
 *
 * @param streams progress of each stream that is read
 */
public record KinesisEnumeratorState(List<StreamProgress> streams) {

    /** Copies. */
    public KinesisEnumeratorState {
        streams = List.copyOf(streams);
    }
}
