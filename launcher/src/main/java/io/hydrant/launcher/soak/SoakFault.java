package io.hydrant.launcher.soak;

import io.hydrant.kinesis.sink.BatchPutter;

/** A failure that happens once, when something next comes by; its text says where. */
interface SoakFault {

    /** What comes by next fails. */
    default void arm() {}

    /** Whether it has happened; nothing has to come by for some. */
    default boolean hasFired() {
        return true;
    }

    /** Takes it back where nothing has come by. */
    default void disarm() {}

    /** What else is to happen to the job once it has. */
    default void strike(SoakJob job) throws Exception {}

    /** Puts what is needed for something to come by. */
    default void provoke(SoakRecords records, BatchPutter putter) throws Exception {}
}
