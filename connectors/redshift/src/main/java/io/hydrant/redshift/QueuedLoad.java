package io.hydrant.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one commit staged, as it waits in the queue: a small object of JSON beside the staged ones.
 *
 * @param id made of the identities of its files, so that a commit which is repeated queues the same
 * @param files what is to be loaded; never empty
 */
record QueuedLoad(UUID id, List<StagedFile> files) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps its own copy. */
    QueuedLoad {
        files = List.copyOf(files);
    }

    static QueuedLoad of(List<StagedFile> files) {
        return new QueuedLoad(idOf(files), files);
    }

    /** One identity of many, whatever their order. */
    static UUID idOf(List<StagedFile> files) {
        StringBuilder ids = new StringBuilder(37 * files.size());
        files.stream().map(StagedFile::id).sorted().forEach(id -> ids.append(id).append('\n'));
        return UUID.nameUUIDFromBytes(ids.toString().getBytes(StandardCharsets.UTF_8));
    }

    long records() {
        return files.stream().mapToLong(StagedFile::records).sum();
    }

    byte[] toJson() {
        ObjectNode document = JSON.createObjectNode();
        document.put("version", 1);
        document.put("id", id.toString());
        ArrayNode array = document.putArray("files");
        for (StagedFile file : files) {
            array.addObject()
                    .put("id", file.id().toString())
                    .put("bucket", file.bucket())
                    .put("key", file.key())
                    .put("storedBytes", file.storedBytes())
                    .put("records", file.records())
                    .put("oldestArrival", file.oldestArrivalMillis());
        }
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param key where it was, for the message
     * @throws IOException if it is something else
     */
    static QueuedLoad fromJson(String key, byte[] json) throws IOException {
        try {
            JsonNode document = JSON.readTree(json);
            List<StagedFile> files = new ArrayList<>();
            for (JsonNode file : document.required("files")) {
                files.add(
                        new StagedFile(
                                UUID.fromString(file.required("id").textValue()),
                                file.required("bucket").textValue(),
                                file.required("key").textValue(),
                                file.required("storedBytes").longValue(),
                                file.required("records").longValue(),
                                file.required("oldestArrival").longValue()));
            }
            if (document.required("version").intValue() != 1 || files.isEmpty()) {
                throw new IllegalArgumentException("version or files");
            }
            return new QueuedLoad(UUID.fromString(document.required("id").textValue()), files);
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new IOException(
                    key
                            + " lies in the queue of loads and is none that this version of Hydrant knows. Way out: let the version load it that wrote it, or move it away; what it names is not loaded then.",
                    e);
        }
    }
}
