package io.hydrant.lambda;

/**
 * What came back from an invocation.
 *
 * @param status HTTP status
 * @param errorType the service's name of its error, null where it gave none
 * @param functionError how the function failed where it ran and failed, else null
 * @param body the function's answer, or the description of the error
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record LambdaAnswer(int status, String errorType, String functionError, byte[] body) {}
