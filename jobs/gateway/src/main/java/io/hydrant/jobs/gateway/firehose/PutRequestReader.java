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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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
                    data = isList ? list(parser, value, body) : one(parser, value, body);
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

    private static List<byte[]> one(JsonParser parser, JsonToken value, byte[] body)
            throws IOException {
        List<byte[]> data = new ArrayList<>(1);
        data.add(record(parser, value, body));
        return data;
    }

    private static List<byte[]> list(JsonParser parser, JsonToken value, byte[] body)
            throws IOException {
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
                data.add(record(parser, next, body));
            }
        }
        return data;
    }

    private static byte[] record(JsonParser parser, JsonToken value, byte[] body)
            throws IOException {
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
                data = plainBase64(parser, body);
                if (data == null) {
                    data = parser.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
                }
            } else if (name.equals("Data") && field != JsonToken.VALUE_NULL) {
                throw malformed("Data is no text in base64");
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    /**
     * What a text in base64 stands for, read where it stands in the body, which is several times as
     * fast; null where it is not all plain, so that the parser has to read it, and to say what is
     * wrong with it.
     */
    private static byte[] plainBase64(JsonParser parser, byte[] body) {
        long at = parser.currentTokenLocation().getByteOffset();
        if (at < 0 || at >= body.length || body[(int) at] != '"') {
            return null;
        }
        int begin = (int) at + 1;
        int end = begin;
        while (end < body.length && body[end] != '"') {
            end++;
        }
        // Without its padding it would be taken here, and not by the service.
        if (end == body.length || (end - begin) % 4 != 0) {
            return null;
        }
        try {
            ByteBuffer data = Base64.getDecoder().decode(ByteBuffer.wrap(body, begin, end - begin));
            return data.remaining() == data.array().length
                    ? data.array()
                    : Arrays.copyOf(data.array(), data.remaining());
        } catch (IllegalArgumentException e) {
            return null;
        }
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
