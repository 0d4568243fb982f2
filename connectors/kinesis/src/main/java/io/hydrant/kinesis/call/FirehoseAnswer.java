package io.hydrant.kinesis.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.BitSet;

/**
 * What Firehose says to PutRecordBatch, as far as it can be read; of an answer that is cut off or
 * no JSON, no record counts as taken. Pure.
 *
 * @param taken which records it has, by their place in the request
 * @param errorType name of the error where the whole request failed, else empty
 */
record FirehoseAnswer(BitSet taken, String errorType) {

    private static final JsonFactory JSON = new JsonFactory();

    static FirehoseAnswer read(byte[] body) {
        BitSet taken = new BitSet();
        String type = "";
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new FirehoseAnswer(taken, type);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("__type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else if (name.equals("RequestResponses") && value == JsonToken.START_ARRAY) {
                    readResponses(parser, taken);
                } else {
                    parser.skipChildren();
                }
            }
            return new FirehoseAnswer(taken, type);
        } catch (IOException e) {
            return new FirehoseAnswer(new BitSet(), type);
        }
    }

    private static void readResponses(JsonParser parser, BitSet taken) throws IOException {
        int place = 0;
        for (JsonToken next = parser.nextToken();
                next != null && next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            if (next == JsonToken.START_OBJECT) {
                taken.set(place, hasRecordId(parser));
            } else {
                parser.skipChildren();
            }
            place++;
        }
    }

    private static boolean hasRecordId(JsonParser parser) throws IOException {
        boolean has = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            has |= name.equals("RecordId") && value == JsonToken.VALUE_STRING;
            parser.skipChildren();
        }
        return has;
    }
}
