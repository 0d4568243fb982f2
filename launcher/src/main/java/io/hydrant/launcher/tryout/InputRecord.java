package io.hydrant.launcher.tryout;

import io.hydrant.core.record.Envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Makes records of a stream out of lines and files.
 *
 * <p>A line is the payload, unless it is a JSON object that brings its payload in base64, with the
 * metadata of a stream beside it, in the shape of a Lambda event from Kinesis ({@code "kinesis":
 * {"data": …}}, or {@code data} beside {@code kinesis}) or from Firehose ({@code
 * kinesisRecordMetadata}).
 */
final class InputRecord {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SHARD = "shardId-000000000000";

    /** Seconds of later than the year 5000 are milliseconds. */
    private static final double LATEST_SECONDS = 1e11;

    private final String stream;
    private final long defaultArrivalMillis;
    private long number;

    /**
     * Makes records of that stream.
     *
     * @param defaultArrivalMillis arrival of records that bring none, milliseconds since the epoch
     */
    InputRecord(String stream, long defaultArrivalMillis) {
        this.stream = stream;
        this.defaultArrivalMillis = defaultArrivalMillis;
    }

    Envelope ofPayload(byte[] payload) {
        number++;
        return new Envelope(
                stream,
                SHARD,
                Long.toString(number),
                0,
                "",
                defaultArrivalMillis,
                payload,
                0,
                payload.length);
    }

    Envelope ofLine(byte[] line) {
        Envelope plain = ofPayload(line);
        JsonNode event = mayBeEvent(line) ? tree(line) : null;
        if (event == null) {
            return plain;
        }
        JsonNode metadata =
                event.path("kinesis").isObject()
                        ? event.path("kinesis")
                        : event.path("kinesisRecordMetadata");
        JsonNode data = event.has("data") ? event.get("data") : metadata.path("data");
        if (!metadata.isObject() || !data.isTextual()) {
            return plain;
        }
        byte[] payload;
        try {
            payload = Base64.getDecoder().decode(data.textValue());
        } catch (IllegalArgumentException e) {
            return plain;
        }
        JsonNode sequence = metadata.path("sequenceNumber");
        JsonNode arrival =
                metadata.has("approximateArrivalTimestamp")
                        ? metadata.get("approximateArrivalTimestamp")
                        : event.path("approximateArrivalTimestamp");
        return new Envelope(
                stream,
                shard(event, metadata),
                sequence.asText().matches("[0-9]{1,128}") ? sequence.asText() : plain.sequence(),
                metadata.path("subSequenceNumber")
                        .asLong(metadata.path("subsequenceNumber").asLong()),
                metadata.path("partitionKey").asText(),
                arrival.isNumber() ? millis(arrival.doubleValue()) : defaultArrivalMillis,
                payload,
                0,
                payload.length);
    }

    /** A time in seconds or milliseconds, as milliseconds. */
    static long millis(double time) {
        return Math.round(Math.abs(time) < LATEST_SECONDS ? time * 1_000 : time);
    }

    private static boolean mayBeEvent(byte[] line) {
        return line.length > 0
                && line[0] == '{'
                && new String(line, StandardCharsets.UTF_8).contains("\"kinesis");
    }

    private static JsonNode tree(byte[] line) {
        try {
            JsonNode tree = MAPPER.readTree(line);
            return tree != null && tree.isObject() ? tree : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String shard(JsonNode event, JsonNode metadata) {
        if (metadata.path("shardId").isTextual()) {
            return metadata.path("shardId").textValue();
        }
        String id = event.path("eventID").asText();
        int colon = id.indexOf(':');
        return colon > 0 ? id.substring(0, colon) : SHARD;
    }
}
