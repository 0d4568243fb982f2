package io.hydrant.kinesis.call;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * Hands batches over to a service and waits for what it says about each element. Several threads
 * use one at once, a batch each.
 *
 * @param <T> what is handed over
 * @param <R> what becomes of it
 */
public interface BatchCall<T, R> extends AutoCloseable {

    /**
     * What becomes of each element, in their order; tries again as long as it thinks fit.
     *
     * @throws IllegalStateException to fail the job with that message
     * @throws InterruptedException where the job ends meanwhile
     */
    List<Collection<R>> call(List<T> batch) throws InterruptedException;

    /** Bytes that an element adds to a request. */
    int bytes(T element);

    @Override
    void close();

    /**
     * Makes the call of each task.
     *
     * @param <T> what is handed over
     * @param <R> what becomes of it
     */
    interface Factory<T, R> extends Serializable {
        /** A call of one task, which closes it. */
        BatchCall<T, R> open();
    }
}
