package io.hydrant.jobs.delivery.staged;

import java.io.IOException;

/** Begins rounds of loading. */
interface LoadRounds extends AutoCloseable {

    /**
     * Begins a round.
     *
     * @throws IOException if the destination cannot be reached
     */
    LoadRound begin() throws IOException;

    /** A round failed, so that nothing it stood on is used again. */
    void failed();

    @Override
    void close();
}
