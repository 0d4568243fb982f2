package io.hydrant.localstack.fakes.lambda;

import java.io.IOException;

/** The code of a function. */
@FunctionalInterface
public interface FakeFunction {

    /**
     * Answers an event; several threads may ask at once.
     *
     * @param event the request, JSON
     * @return the answer, JSON
     * @throws IOException to fail as a function that throws: its class is the error type, its
     *     message the error message
     */
    byte[] handle(byte[] event) throws IOException;
}
