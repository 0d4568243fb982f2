package io.hydrant.kinesis.source.enumerator;

import java.time.Instant;
import java.util.List;

/**
 * What a checkpoint holds of the enumerator.
 *
 * @param streams progress of each stream that is read
 * @param end the time at which reading ends, to the millisecond; null where it goes on, or is not
 *     resolved yet
 */
public record KinesisEnumeratorState(List<StreamProgress> streams, Instant end) {

    /** Copies. */
    public KinesisEnumeratorState {
        streams = List.copyOf(streams);
    }
}
