package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.util.List;

/** Which stamps are on their way, so that the window that readers rely on is kept. */
interface Stamps {

    /** Whether a record with this stamp may be put before those on their way have arrived. */
    boolean admits(ProducerStamp stamp);

    /** A record with this stamp is on its way. */
    void taken(ProducerStamp stamp);

    /** These are in the stream. */
    void delivered(List<PutEntry> entries);

    /**
     * Whether records may wait in a checkpoint; they are put after a restore by whichever task gets
     * them.
     */
    boolean mayWaitInState();
}
