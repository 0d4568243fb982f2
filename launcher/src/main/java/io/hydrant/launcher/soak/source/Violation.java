package io.hydrant.launcher.soak.source;

/** The source did what it promises never to do. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
