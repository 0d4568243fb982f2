package io.hydrant.jobs.ingest.objects;

import java.io.IOException;

/** An object cannot be read, now or later; its message says why. */
final class UnreadableObjectException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
