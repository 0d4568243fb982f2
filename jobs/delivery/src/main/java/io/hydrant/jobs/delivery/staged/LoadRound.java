package io.hydrant.jobs.delivery.staged;

import io.hydrant.s3.stage.WaitingObject;

import java.io.IOException;

/** Puts objects that wait into the destination, one after another, with what one round opened. */
interface LoadRound extends AutoCloseable {

    /**
     * Returns once the object's records are in the destination or with those that fit it not, by
     * this call or an earlier one.
     *
     * @return rows that this call added
     */
    long load(WaitingObject object) throws IOException, InterruptedException;

    /** Gives up what was begun and not decided. */
    @Override
    void close();
}
