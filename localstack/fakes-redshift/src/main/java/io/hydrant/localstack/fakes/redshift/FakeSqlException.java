package io.hydrant.localstack.fakes.redshift;

/** An error that the double answers with, in the terms of the wire protocol. */
final class FakeSqlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String state;
    private final String detail;

    FakeSqlException(String state, String message, String detail) {
        super(message);
        this.state = state;
        this.detail = detail;
    }

    static FakeSqlException syntax(String message) {
        return new FakeSqlException("42601", "syntax error: " + message, "");
    }

    /** What Redshift knows and the double does not; better refused than done otherwise. */
    static FakeSqlException notBuilt(String what) {
        return new FakeSqlException("0A000", "the double of Redshift does not know " + what, "");
    }

    /** Redshift's own answer to most that goes wrong in a COPY. */
    static FakeSqlException loadFailed(String message) {
        return new FakeSqlException("XX000", message, "");
    }

    /** What COPY reads from cannot be read. */
    static FakeSqlException unreadable(String message) {
        return loadFailed("S3ServiceException:" + message);
    }

    String state() {
        return state;
    }

    String detail() {
        return detail;
    }
}
