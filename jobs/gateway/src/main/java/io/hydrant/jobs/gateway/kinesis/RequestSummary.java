package io.hydrant.jobs.gateway.kinesis;

import io.hydrant.jobs.gateway.api.ServiceError;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

import java.io.IOException;

/**
 * What one has to know of a request to pass it through.
 *
 * @param streamName the stream's name in it, or null
 * @param streamArn its ARN in it, or null
 * @param nextToken where the list goes on that it asks for, or null
 * @param records how many records it holds, where it is a put
 */
record RequestSummary(String streamName, String streamArn, String nextToken, int records) {

    private static final StreamReadConstraints CONSTRAINTS =
            // A body has its own limit.
            StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(20)
                    .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    private static final CBORFactory CBOR =
            CBORFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    /**
     * Reads a request.
     *
     * @param isCbor whether it is CBOR, else JSON
     * @throws ServiceError where it is not what it says it is
     */
    static RequestSummary of(byte[] body, boolean isCbor) {
        try (JsonParser parser = (isCbor ? CBOR : JSON).createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            String name = null;
            String arn = null;
            String token = null;
            int records = 1;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("StreamName") && value == JsonToken.VALUE_STRING) {
                    name = parser.getText();
                } else if (field.equals("StreamARN") && value == JsonToken.VALUE_STRING) {
                    arn = parser.getText();
                } else if (field.equals("NextToken") && value == JsonToken.VALUE_STRING) {
                    token = parser.getText();
                } else if (field.equals("Records") && value == JsonToken.START_ARRAY) {
                    records = 0;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        parser.skipChildren();
                        records++;
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return new RequestSummary(name, arn, token, records);
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static ServiceError malformed() {
        return ServiceError.ofCaller(
                "SerializationException", "The body is not what its Content-Type says");
    }
}
