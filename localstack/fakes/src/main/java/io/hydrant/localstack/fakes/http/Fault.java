package io.hydrant.localstack.fakes.http;

import java.util.Objects;

/**
 * What goes wrong with one request, on purpose.
 *
 * @param moment when it goes wrong
 * @param status HTTP status of the error answer, 0 for a fault without answer
 * @param code error code as the service names it, such as {@code
 *     ProvisionedThroughputExceededException} or {@code SlowDown}; null for a fault without answer
 * @param message text of the error; null for a fault without answer
 */
public record Fault(Moment moment, int status, String code, String message) {

    /** How far the request gets. */
    public enum Moment {
        /** The service answers with an error and does nothing. */
        REFUSE,
        /** The connection breaks and the service has done nothing. */
        DROP_REQUEST,
        /** The service has done its work, and the connection breaks before the answer. */
        DROP_ANSWER
    }

    /** Validates that exactly refusals carry an answer. */
    public Fault {
        Objects.requireNonNull(moment, "moment");
        if ((moment == Moment.REFUSE) != (code != null)) {
            throw new IllegalArgumentException(moment + " does not go with error code " + code);
        }
    }

    /** An error answer instead of the work. */
    public static Fault refuse(int status, String code, String message) {
        return new Fault(Moment.REFUSE, status, code, message);
    }

    /** A connection that breaks before anything is done. */
    public static Fault dropRequest() {
        return new Fault(Moment.DROP_REQUEST, 0, null, null);
    }

    /** A connection that breaks after everything is done: the caller cannot know. */
    public static Fault dropAnswer() {
        return new Fault(Moment.DROP_ANSWER, 0, null, null);
    }
}
