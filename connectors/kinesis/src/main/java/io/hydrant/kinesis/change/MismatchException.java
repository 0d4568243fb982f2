package io.hydrant.kinesis.change;

/** A record of a change does not fit its table; the message is complete and short. */
public final class MismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MismatchException(String message) {
        super(message);
    }
}
