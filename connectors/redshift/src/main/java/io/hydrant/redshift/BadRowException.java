package io.hydrant.redshift;

/** A row that is not what COPY's parameters say. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRowException(String message) {
        super(message);
    }
}
