package io.hydrant.lambda;

import java.io.IOException;

/** Where a function is called; tests replace it. */
public interface LambdaApi extends AutoCloseable {

    /**
     * Invokes the function and waits for its answer. Several threads may do so at once.
     *
     * @throws IOException where there is no answer
     * @throws InterruptedException where the wait was ended
     */
    LambdaAnswer invoke(byte[] request) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
