package io.hydrant.delivery.deadletter;

import java.io.IOException;

/** Says which record of an error object cannot be read, and why. */
public final class UnreadableDeadLetterException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableDeadLetterException(String message, Throwable cause) {
        super(message, cause);
    }
}
