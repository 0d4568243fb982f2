package io.hydrant.jobs.gateway.api;

import java.util.Map;
import java.util.Objects;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param code {@code OK}, or the name of the error, for the metrics
 * @param headers what stands before the body, beside what HTTP itself needs
 * @param body the body; belongs to the receiver
 */
public record Answer(int status, String code, Map<String, String> headers, byte[] body) {

    /** What {@link #code} says where there was no error. */
    public static final String OK = "OK";

    /** The header that says what the body is. */
    public static final String CONTENT_TYPE = "Content-Type";

    /** The header that says in how many seconds to come back. */
    public static final String RETRY_AFTER = "Retry-After";

    /** JSON of no protocol. */
    public static final String JSON = "application/json";

    /** AWS' JSON protocol. */
    public static final String JSON_1_1 = "application/x-amz-json-1.1";

    /** The same in CBOR, which some SDKs use with Kinesis. */
    public static final String CBOR_1_1 = "application/x-amz-cbor-1.1";

    /** Validates that nothing is missing. */
    public Answer {
        Objects.requireNonNull(code, "code");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** A good answer in AWS' JSON protocol. */
    public static Answer json(byte[] body) {
        return new Answer(200, OK, Map.of(CONTENT_TYPE, JSON_1_1), body);
    }
}
