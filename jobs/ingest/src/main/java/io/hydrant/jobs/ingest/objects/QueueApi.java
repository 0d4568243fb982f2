package io.hydrant.jobs.ingest.objects;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * The calls of SQS that reading a queue takes, so that a test can be a queue of its own. Used by
 * one thread; {@link #close()} may be called from another, and ends a call that waits.
 */
interface QueueApi extends AutoCloseable {

    /** Messages that a call takes or gives. */
    int MOST = 10;

    /** Opens the API wherever it is used. */
    @FunctionalInterface
    interface Factory extends Serializable {
        QueueApi open();
    }

    /**
     * Messages that nobody else has, and nobody else gets for a while.
     *
     * @param hiddenSeconds how long nobody else gets them
     * @param waitSeconds how long to wait where there is none
     * @throws IOException where the call may be answered otherwise later
     * @throws IllegalStateException where it will not
     */
    List<QueueMessage> receive(int hiddenSeconds, int waitSeconds) throws IOException;

    /** Removes messages, any number; those that are gone already are removed, too. */
    void delete(Collection<String> handles) throws IOException;

    /** Hides messages, any number, for that long from now on; those that are gone stay so. */
    void hide(Collection<String> handles, int seconds) throws IOException;

    @Override
    void close();
}
