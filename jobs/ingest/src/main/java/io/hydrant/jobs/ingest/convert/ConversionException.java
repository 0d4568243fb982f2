package io.hydrant.jobs.ingest.convert;

/** A record cannot be converted; says why, without the record. */
public final class ConversionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a reason. */
    public ConversionException(String reason) {
        super(reason);
    }

    /** With a reason and what brought it up. */
    public ConversionException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
