package io.hydrant.jobs.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

import java.util.HashMap;
import java.util.Map;

/**
 * A request is not carried out; the error has the name and the form that clients of AWS know, or
 * for those of plain HTTP the form {@code {"error": …, "message": …}}.
 *
 * <p>Source: Firehose API reference (2015-08-04), errors of the actions and "Common Errors"; AWS
 * JSON 1.1 protocol, errors.
 */
public final class ServiceError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final String SUFFIX = "Exception";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private final int status;
    private final String type;
    private final transient Map<String, String> headers;

    private ServiceError(int status, String type, String message, Map<String, String> headers) {
        // Thrown in answer to bad requests, of which there may be many: no stack trace.
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.headers = headers;
    }

    /** The caller has to do something else. */
    public static ServiceError ofCaller(String type, String message) {
        return of(BAD_REQUEST, type, message);
    }

    /** The same with another status than 400. */
    public static ServiceError of(int status, String type, String message) {
        return new ServiceError(status, type, message, Map.of());
    }

    /** Too much to do; the caller should come back later, and slower. */
    public static ServiceError slowDown() {
        return of(
                UNAVAILABLE,
                "ServiceUnavailableException",
                "Slow down. The service is unavailable; back off and retry. If it stays so, the limits"
                        + " of the delivery stream, of its Kinesis stream or of this client are exceeded.");
    }

    /** Something went wrong here that the caller can do nothing about. */
    public static ServiceError internal(String message) {
        return of(500, "InternalFailure", message);
    }

    /** The same error with a header that says more. */
    public ServiceError with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new ServiceError(status, type, getMessage(), more);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Name of the error. */
    public String type() {
        return type;
    }

    /** The error in the form that the request had: AWS' JSON protocol, its CBOR, or plain HTTP. */
    public Answer answer(RequestHead head) {
        return head.isAws() ? ofAws(head) : plain();
    }

    private Answer ofAws(RequestHead head) {
        boolean isCbor = Answer.CBOR_1_1.equals(head.first(Answer.CONTENT_TYPE));
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", type)
                        .put("message", getMessage());
        Map<String, String> all = new HashMap<>(headers);
        all.put(Answer.CONTENT_TYPE, isCbor ? Answer.CBOR_1_1 : Answer.JSON_1_1);
        all.put("x-amzn-ErrorType", type);
        return new Answer(status, type, all, bytes(isCbor ? CBOR : JSON, body));
    }

    private Answer plain() {
        String name =
                type.endsWith(SUFFIX) ? type.substring(0, type.length() - SUFFIX.length()) : type;
        Map<String, String> all = new HashMap<>(headers);
        all.put(Answer.CONTENT_TYPE, Answer.JSON);
        if (status == UNAVAILABLE) {
            all.putIfAbsent(Answer.RETRY_AFTER, "1");
        }
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", name)
                        .put("message", getMessage());
        return new Answer(status, name, all, bytes(JSON, body));
    }

    private static byte[] bytes(ObjectMapper mapper, ObjectNode body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Two texts can be written", e);
        }
    }
}
