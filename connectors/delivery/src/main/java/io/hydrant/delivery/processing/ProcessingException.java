package io.hydrant.delivery.processing;

import io.hydrant.delivery.deadletter.ErrorOutputType;

/** A record cannot go on. Thrown for single records all the time, so without a stack trace. */
public final class ProcessingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorOutputType type;
    private final String code;

    ProcessingException(ErrorOutputType type, String code, String message) {
        super(message, null, false, false);
        this.type = type;
        this.code = code;
    }

    /** What kind of failure it is. */
    public ErrorOutputType type() {
        return type;
    }

    /** The error code in the dead letter. */
    public String code() {
        return code;
    }
}
