package io.hydrant.launcher.tryout;

import io.hydrant.core.record.Envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Takes the arrival of records from a field of their own: seconds or milliseconds since the epoch,
 * or a time such as {@code 2018-08-27T10:30:00Z} (UTC where it has no offset).
 */
final class ArrivalField {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String[] path;
    private Long latest;
    private long without;

    /**
     * A field.
     *
     * @param field its name, or its path with dots; null leaves every arrival as it is
     */
    ArrivalField(String field) {
        this.path = field == null ? null : field.split("\\.", -1);
    }

    /**
     * The record with the arrival of its field. One that has none arrives with the one before it,
     * so that it does not move the time of those that follow.
     */
    Envelope applyTo(Envelope record) {
        if (path == null) {
            return record;
        }
        Long arrival = arrival(record);
        if (arrival == null) {
            without++;
            arrival = latest;
        }
        if (arrival == null) {
            return record;
        }
        latest = arrival;
        return new Envelope(
                record.stream(),
                record.shard(),
                record.sequence(),
                record.subSequence(),
                record.partitionKey(),
                arrival,
                record.payloadArray(),
                record.payloadOffset(),
                record.payloadLength());
    }

    /** Records so far that had no such field. */
    long without() {
        return without;
    }

    private Long arrival(Envelope record) {
        JsonNode value;
        try {
            value =
                    MAPPER.readTree(
                            record.payloadArray(), record.payloadOffset(), record.payloadLength());
        } catch (IOException e) {
            return null;
        }
        for (String name : path) {
            value = value == null ? null : value.get(name);
        }
        if (value == null) {
            return null;
        }
        return value.isNumber()
                ? Long.valueOf(InputRecord.millis(value.doubleValue()))
                : time(value.asText());
    }

    private static Long time(String text) {
        try {
            return InputRecord.millis(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            // No number, so a time.
        }
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            // Perhaps one without an offset.
        }
        try {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
