package io.hydrant.jobs.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

import java.util.Map;

/**
 * A request is not carried out; the error has the name and the form that clients of AWS know.
 *
 * <p>Source: Firehose API reference (2015-08-04), errors of the actions and "Common Errors"; AWS
 * JSON 1.1 protocol, errors.
 */
public final class ServiceError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private final int status;
    private final String type;

    private ServiceError(int status, String type, String message) {
        // Thrown in answer to bad requests, of which there may be many: no stack trace.
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    /** The caller has to do something else. */
    public static ServiceError ofCaller(String type, String message) {
        return new ServiceError(BAD_REQUEST, type, message);
    }

    /** The same with another status than 400. */
    public static ServiceError of(int status, String type, String message) {
        return new ServiceError(status, type, message);
    }

    /** Too much to do; the caller should come back later, and slower. */
    public static ServiceError slowDown() {
        return new ServiceError(
                503,
                "ServiceUnavailableException",
                "Slow down. The service is unavailable; back off and retry. If it stays so, the limits"
                        + " of the delivery stream, of its Kinesis stream or of this client are exceeded.");
    }

    /** Something went wrong here that the caller can do nothing about. */
    public static ServiceError internal(String message) {
        return new ServiceError(500, "InternalFailure", message);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Name of the error. */
    public String type() {
        return type;
    }

    /** The error in the form that the request had: AWS' JSON protocol, or its CBOR. */
    public Answer answer(RequestHead head) {
        boolean isCbor = Answer.CBOR_1_1.equals(head.first(Answer.CONTENT_TYPE));
        byte[] body;
        try {
            body =
                    (isCbor ? CBOR : JSON)
                            .writeValueAsBytes(
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("__type", type)
                                            .put("message", getMessage()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Two texts can be written", e);
        }
        return new Answer(
                status,
                type,
                Map.of(
                        Answer.CONTENT_TYPE,
                        isCbor ? Answer.CBOR_1_1 : Answer.JSON_1_1,
                        "x-amzn-ErrorType",
                        type),
                body);
    }
}
