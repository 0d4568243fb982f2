package io.hydrant.lambda;

/**
 * What came of one invocation.
 *
 * @param kind what is to be done
 * @param code error code as in Firehose's error records, null where the function answered
 * @param message what to tell the one who reads the error object, null where it answered
 */
public record InvocationVerdict(Kind kind, String code, String message) {

    /** What is to be done after an invocation. */
    public enum Kind {
        /** The function answered; its answer says what becomes of each record. */
        ANSWERED,
        /** It may work when it is repeated. */
        FAILED,
        /** Request or answer are too large for one invocation; smaller ones may work. */
        TOO_LARGE
    }

    /** The function answered. */
    public static final InvocationVerdict ANSWERED =
            new InvocationVerdict(Kind.ANSWERED, null, null);

    static InvocationVerdict failed(String code, String message) {
        return new InvocationVerdict(Kind.FAILED, code, message);
    }

    static InvocationVerdict tooLarge(String code, String message) {
        return new InvocationVerdict(Kind.TOO_LARGE, code, message);
    }
}
