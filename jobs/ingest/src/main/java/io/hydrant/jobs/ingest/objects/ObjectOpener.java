package io.hydrant.jobs.ingest.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Opens objects, so that a test can be a store of its own. */
interface ObjectOpener extends AutoCloseable {

    /** Opens the store wherever a task runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        ObjectOpener open();
    }

    /**
     * The content of an object, as it was when it arrived.
     *
     * @throws UnreadableObjectException if it is not there any more, is another one by now, or is
     *     not ours to read
     * @throws IOException where a later attempt may succeed
     */
    InputStream open(ArrivedObject object) throws IOException;

    @Override
    void close();
}
