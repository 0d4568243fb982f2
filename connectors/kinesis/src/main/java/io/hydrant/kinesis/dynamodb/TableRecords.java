package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the records in an answer of {@code GetRecords}. A record's payload is its very JSON in the
 * answer, as a slice of it; its partition key is the item's key, in {@link #key canonical form}.
 *
 * <p>Source: DynamoDB Streams API reference, {@code GetRecords}, {@code Record} and {@code
 * StreamRecord}; times are seconds since the epoch in this protocol.
 */
final class TableRecords {

    private static final int MILLIS_DIGITS = 3;

    private final JsonParser in;
    private final byte[] body;
    private final StreamArn stream;
    private final String shard;
    private final List<Envelope> records = new ArrayList<>();
    private String nextIterator;

    private String sequence;
    private long created;
    private String key;

    private TableRecords(JsonParser in, byte[] body, StreamArn stream, String shard) {
        this.in = in;
        this.body = body;
        this.stream = stream;
        this.shard = shard;
    }

    /**
     * What an answer holds.
     *
     * @param records in the order of the shard
     * @param nextIterator where to read on, null at the end of a closed shard
     */
    record Page(List<Envelope> records, String nextIterator) {}

    /**
     * Reads an answer.
     *
     * @param body given away: the records are slices of it
     * @throws IOException if it is no answer of GetRecords
     */
    static Page read(byte[] body, StreamArn stream, String shard) throws IOException {
        try (JsonParser in = WireJson.FACTORY.createParser(body)) {
            TableRecords page = new TableRecords(in, body, stream, shard);
            page.readPage();
            return new Page(page.records, page.nextIterator);
        }
    }

    private void readPage() throws IOException {
        require(in.nextToken(), JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("Records") && value == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    readRecord();
                }
            } else if (name.equals("NextShardIterator")) {
                nextIterator = in.getValueAsString();
            } else {
                in.skipChildren();
            }
        }
    }

    private void readRecord() throws IOException {
        require(in.currentToken(), JsonToken.START_OBJECT);
        int start = (int) in.currentTokenLocation().getByteOffset();
        sequence = null;
        key = null;
        created = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (in.nextToken() == JsonToken.START_OBJECT && name.equals("dynamodb")) {
                readChange();
            } else {
                in.skipChildren();
            }
        }
        int end = (int) in.currentLocation().getByteOffset();
        if (sequence == null || key == null) {
            throw new IOException(
                    "the answer holds a record without "
                            + (sequence == null ? "SequenceNumber" : "Keys"));
        }
        records.add(
                new Envelope(
                        stream.stream(),
                        shard,
                        sequence,
                        0,
                        key,
                        created,
                        body,
                        start,
                        end - start));
    }

    private void readChange() throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "SequenceNumber" -> sequence = in.getValueAsString();
                case "ApproximateCreationDateTime" -> created = millis();
                case "Keys" -> {
                    require(value, JsonToken.START_OBJECT);
                    key = key(in);
                }
                default -> in.skipChildren();
            }
        }
    }

    private long millis() throws IOException {
        if (!in.currentToken().isNumeric()) {
            return 0;
        }
        BigDecimal seconds = in.getDecimalValue();
        return seconds.movePointRight(MILLIS_DIGITS).longValue();
    }

    /**
     * The key of an item as one text: its attributes by name, each with type and value as on the
     * wire, in JSON without spaces: {@code {"id":{"N":"7"},"sort":{"S":"a"}}}. Two records are of
     * the same item if and only if it is the same, as DynamoDB writes a number in one way only.
     *
     * @param in at the beginning of {@code Keys}; at its end afterwards
     */
    private static String key(JsonParser in) throws IOException {
        Map<String, Map.Entry<String, String>> attributes = new TreeMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String attribute = in.currentName();
            require(in.nextToken(), JsonToken.START_OBJECT);
            require(in.nextToken(), JsonToken.FIELD_NAME);
            String type = in.currentName();
            require(in.nextToken(), JsonToken.VALUE_STRING);
            attributes.put(attribute, Map.entry(type, in.getText()));
            require(in.nextToken(), JsonToken.END_OBJECT);
        }
        StringWriter text = new StringWriter(64);
        try (JsonGenerator out = WireJson.FACTORY.createGenerator(text)) {
            out.writeStartObject();
            for (Map.Entry<String, Map.Entry<String, String>> attribute : attributes.entrySet()) {
                out.writeObjectFieldStart(attribute.getKey());
                out.writeStringField(
                        attribute.getValue().getKey(), attribute.getValue().getValue());
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void require(JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException(
                    "the answer is not one of GetRecords: "
                            + token
                            + " stands where "
                            + wanted
                            + " belongs");
        }
    }
}
