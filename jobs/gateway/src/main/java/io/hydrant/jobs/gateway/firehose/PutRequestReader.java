package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.ServiceError;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads requests of PutRecord and PutRecordBatch in one pass, without a tree: most of what comes in
 * here is data of records. What the API does not know is passed over, as the service does.
 */
final class PutRequestReader {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            // A body has its own limit.
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(20)
                                    .build())
                    .build();

    private PutRequestReader() {}

    /** Reads {@code {"DeliveryStreamName": …, "Record": {"Data": …}}}. */
    static PutRequest readOne(byte[] body) {
        return read(body, "Record", false);
    }

    /** Reads {@code {"DeliveryStreamName": …, "Records": [{"Data": …}, …]}}. */
    static PutRequest readBatch(byte[] body) {
        return read(body, "Records", true);
    }

    private static PutRequest read(byte[] body, String records, boolean isList) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is no JSON object");
            }
            String deliveryStream = null;
            List<byte[]> data = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("DeliveryStreamName")) {
                    deliveryStream = text(parser, value, name);
                } else if (name.equals(records) && value != JsonToken.VALUE_NULL) {
                    data = isList ? list(parser, value) : one(parser, value);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw malformed("There is more behind the JSON object");
            }
            return new PutRequest(deliveryStream, data);
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can be read", e);
        }
    }

    private static List<byte[]> one(JsonParser parser, JsonToken value) throws IOException {
        List<byte[]> data = new ArrayList<>(1);
        data.add(record(parser, value));
        return data;
    }

    private static List<byte[]> list(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            throw malformed("Records is no list");
        }
        List<byte[]> data = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            if (next == null) {
                throw malformed("The list of records has no end");
            }
            if (data.size() > PutRules.MAX_RECORDS) {
                // Too many anyway; their data is not looked at.
                parser.skipChildren();
            } else {
                data.add(record(parser, next));
            }
        }
        return data;
    }

    private static byte[] record(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.START_OBJECT) {
            throw malformed("A record is no object");
        }
        byte[] data = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken field = parser.nextToken();
            if (name.equals("Data") && field == JsonToken.VALUE_STRING) {
                data = parser.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
            } else if (name.equals("Data") && field != JsonToken.VALUE_NULL) {
                throw malformed("Data is no text in base64");
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    private static String text(JsonParser parser, JsonToken value, String name) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw malformed(name + " is no text");
        }
        return parser.getText();
    }

    private static ServiceError malformed(String message) {
        return ServiceError.ofCaller("SerializationException", message);
    }
}
