package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;

import java.io.IOException;

/** An attempt to load that failed, judged. */
final class LoadException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    LoadException(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
