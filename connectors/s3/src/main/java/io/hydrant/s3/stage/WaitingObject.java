package io.hydrant.s3.stage;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.sink.S3Committable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;

/**
 * An object whose records wait for the destination behind it.
 *
 * @param id the object's identity, which it keeps over restarts, jobs and savepoints
 * @param bucket its bucket
 * @param key its key
 * @param storedBytes its size
 * @param records records in it
 * @param oldestArrivalMillis arrival of the oldest of them, milliseconds since the epoch
 */
public record WaitingObject(
        UUID id,
        String bucket,
        String key,
        long storedBytes,
        long records,
        long oldestArrivalMillis) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Validates that nothing is missing. */
    public WaitingObject {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    /** The one that a commit made. */
    public static WaitingObject of(S3Committable object) {
        LedgerEntry entry = object.entry();
        return new WaitingObject(
                entry.id(),
                object.bucket(),
                object.key(),
                entry.storedBytes(),
                entry.records(),
                entry.oldestArrivalMillis());
    }

    /** Its address, such as {@code s3://bucket/key}. */
    public String address() {
        return "s3://" + bucket + '/' + key;
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                            .put("version", VERSION)
                            .put("id", id.toString())
                            .put("bucket", bucket)
                            .put("key", key)
                            .put("storedBytes", storedBytes)
                            .put("records", records)
                            .put("oldestArrival", oldestArrivalMillis));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param place where it was, for the message
     * @throws IOException if it is something else
     */
    static WaitingObject fromJson(String place, byte[] json) throws IOException {
        try {
            JsonNode document = JSON.readTree(json);
            if (document.required("version").intValue() != VERSION) {
                throw new IllegalArgumentException(
                        "version " + document.required("version") + " is not known");
            }
            return new WaitingObject(
                    UUID.fromString(document.required("id").textValue()),
                    document.required("bucket").textValue(),
                    document.required("key").textValue(),
                    document.required("storedBytes").longValue(),
                    document.required("records").longValue(),
                    document.required("oldestArrival").longValue());
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new IOException(
                    place
                            + " lies among what waits and is nothing that this version of Hydrant knows. Way out: go on with the version that wrote it, or move it away; the object that it names stays out of the destination then.",
                    e);
        }
    }
}
