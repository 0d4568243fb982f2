package io.hydrant.iceberg.sink;

/**
 * A record cannot become a row. Thrown for single records all the time, so without a stack trace.
 */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The error code in the dead letter. */
    String code() {
        return code;
    }
}
