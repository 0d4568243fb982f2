package io.hydrant.sql.runner;

/**
 * Says what is wrong with a script or with the arguments, and where; its message is for the person
 * who wrote them.
 */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Something is wrong.
     *
     * @param message what, where, and the way out
     */
    public ScriptException(String message) {
        super(message);
    }

    /**
     * Something is wrong because of something else.
     *
     * @param message what, where, and the way out
     * @param cause what Flink said
     */
    public ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
