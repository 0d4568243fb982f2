package io.hydrant.delivery.deadletter;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the records of an error object, Hydrant's or Firehose's own, of any of the documented
 * shapes: JSON objects, a line each or end to end, with the payload in base64 under {@code
 * rawData}. Fields that say why and how often it failed are passed over.
 *
 * <p>A record keeps the identity that Hydrant wrote beside Firehose's fields. One without it, as
 * Firehose writes them, gets that of its place: stream is the object's address, sequence number its
 * number in there, from 1. Source: Firehose developer guide, "Handle failure in data
 * transformation", "Record format conversion error handling", "Handle data delivery failures".
 */
public final class DeadLetterReader implements Closeable {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,128}");

    private final String object;
    private final long writtenMillis;
    private final JsonParser json;
    private long number;

    /**
     * A reader of an error object's content.
     *
     * @param content the content, decompressed; is closed with this
     * @param object address of the object
     * @param writtenMillis when it was written, which is the arrival of records that have none
     */
    public DeadLetterReader(InputStream content, String object, long writtenMillis)
            throws IOException {
        this.object = object;
        this.writtenMillis = writtenMillis;
        this.json = JSON.createParser(content);
    }

    /**
     * The next record, or null behind the last one.
     *
     * @throws UnreadableDeadLetterException if what follows is none
     * @throws IOException if the content cannot be read any further
     */
    public DeadLetter next() throws IOException {
        number++;
        try {
            JsonToken token = json.nextToken();
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                throw unreadable("it is no JSON object", null);
            }
            return read();
        } catch (JsonProcessingException e) {
            // The message of Jackson may hold a piece of the payload.
            throw unreadable("it is not JSON as error records are, or is cut off", e);
        }
    }

    private DeadLetter read() throws IOException {
        byte[] payload = null;
        String stream = null;
        String shard = null;
        String sequence = null;
        long subSequence = 0;
        String partitionKey = "";
        long arrival = writtenMillis;
        int part = 0;
        boolean lastPart = true;
        boolean isManifest = false;
        String route = "";
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "rawData" -> payload = payload(value);
                case "arrivalTimestamp" -> arrival = number(name, Long.MAX_VALUE);
                case "stream" -> stream = json.getValueAsString();
                case "shardId" -> shard = json.getValueAsString();
                case "sequenceNumber" -> sequence = json.getValueAsString();
                case "subSequenceNumber", "subsequenceNumber" ->
                        subSequence = number(name, Long.MAX_VALUE);
                case "partitionKey" -> partitionKey = json.getValueAsString("");
                case "part" -> part = (int) number(name, Integer.MAX_VALUE);
                case "lastPart" -> lastPart = json.getValueAsBoolean(true);
                case DeadLetterFormat.ROUTE -> route = route(value);
                case "entries" -> {
                    isManifest = true;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        if (payload == null) {
            throw unreadable(
                    isManifest
                            ? "it is a manifest of Redshift, which COPY reads with the option MANIFEST; the objects that it names are where they were staged"
                            : "it has no rawData",
                    null);
        }
        boolean isIdentified =
                stream != null
                        && shard != null
                        && sequence != null
                        && DIGITS.matcher(sequence).matches();
        return new DeadLetter(
                new Envelope(
                        isIdentified ? stream : object,
                        isIdentified ? shard : "",
                        isIdentified ? sequence : Long.toString(number),
                        isIdentified ? subSequence : 0,
                        partitionKey,
                        arrival,
                        payload,
                        0,
                        payload.length),
                Part.of(part, lastPart),
                route);
    }

    /** What is no table's name there is passed over, as all that Hydrant did not write. */
    private String route(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return "";
        }
        Map<String, String> values = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                values.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return RouteText.of(values);
    }

    private byte[] payload(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw unreadable("its rawData is no text", null);
        }
        try {
            return json.getBinaryValue();
        } catch (JsonProcessingException e) {
            throw unreadable("its rawData is not base64, or is cut off", e);
        }
    }

    /** A whole number from 0, which Firehose's samples write as a number or a text. */
    private long number(String name, long most) throws IOException {
        String text = json.getValueAsString();
        if (text == null || !DIGITS.matcher(text).matches() || text.length() > 18) {
            throw unreadable("its " + name + " is no whole number", null);
        }
        long value = Long.parseLong(text);
        if (value > most) {
            throw unreadable("its " + name + " is too large", null);
        }
        return value;
    }

    private UnreadableDeadLetterException unreadable(String reason, Throwable cause) {
        return new UnreadableDeadLetterException(
                object + ", record " + number + ": " + reason, cause);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
