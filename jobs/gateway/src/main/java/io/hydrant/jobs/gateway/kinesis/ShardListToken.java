package io.hydrant.jobs.gateway.kinesis;

import io.hydrant.jobs.gateway.api.ServiceError;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

import java.io.IOException;

/**
 * Where a list of shards goes on, with the stream that it is of: Kinesis' own token says it to
 * nobody but Kinesis, and requests that have one must not name the stream. So clients get the
 * gateway's token, and whether they may use the stream is asked of each page.
 *
 * @param streamArn of which stream the list is
 * @param token Kinesis' token
 */
record ShardListToken(String streamArn, String token) {

    private static final String FIELD = "NextToken";

    /** No ARN has it. */
    private static final char BETWEEN = '|';

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    /**
     * Reads what a client sent.
     *
     * @throws ServiceError where it has no such token from here
     */
    static ShardListToken parse(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            throw ServiceError.ofCaller(
                    "InvalidArgumentException",
                    "The NextToken is none that this gateway gave; list the shards from the beginning");
        }
        return new ShardListToken(text.substring(0, between), text.substring(between + 1));
    }

    /** The request with the token that Kinesis knows. */
    byte[] inRequest(byte[] body, boolean isCbor) throws IOException {
        return with(body, isCbor, token);
    }

    /** The answer with the token that the gateway knows; the same where it is the last page. */
    static byte[] inAnswer(byte[] body, boolean isCbor, String streamArn) throws IOException {
        JsonNode answer = (isCbor ? CBOR : JSON).readTree(body);
        return answer.hasNonNull(FIELD)
                ? with(body, isCbor, streamArn + BETWEEN + answer.path(FIELD).asText())
                : body;
    }

    private static byte[] with(byte[] body, boolean isCbor, String token) throws IOException {
        ObjectMapper mapper = isCbor ? CBOR : JSON;
        ObjectNode changed = (ObjectNode) mapper.readTree(body);
        changed.put(FIELD, token);
        return mapper.writeValueAsBytes(changed);
    }
}
