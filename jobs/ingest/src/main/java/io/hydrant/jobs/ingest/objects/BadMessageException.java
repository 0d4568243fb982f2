package io.hydrant.jobs.ingest.objects;

/** A message says nothing of objects; its message says why, and holds no part of it. */
final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    BadMessageException(String message) {
        super(message, null, false, false);
    }
}
