package io.hydrant.redshift;

import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Writes manifests: those that COPY reads, and those of loads that were left out.
 *
 * <p>Source: Redshift developer guide, "Using a manifest to specify data files"; Firehose developer
 * guide, "Handle data delivery failures": what is left out is listed under {@code errors/}.
 */
final class Manifests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String folder;
    private final String errorFolder;

    Manifests(ObjectStore store, S3Calls calls, RedshiftConfig config) {
        this.store = store;
        this.calls = calls;
        this.bucket = config.bucket();
        this.folder = config.queuePrefix() + config.deliveryStream() + "/manifests/";
        this.errorFolder = config.errorManifestPrefix() + config.deliveryStream() + '/';
    }

    /**
     * Writes the manifest of a load, or finds it there.
     *
     * @return its address
     */
    String write(UUID loadId, List<StagedFile> files) throws IOException, InterruptedException {
        return put(folder + loadId + ".manifest", loadId, files);
    }

    /** Removes a manifest that COPY has read; nothing depends on it. */
    void remove(UUID loadId) throws InterruptedException {
        String key = folder + loadId + ".manifest";
        calls.attempt(S3Action.DELETE, bucket, key, () -> store.delete(bucket, key));
    }

    /**
     * Notes that a load is left out, for good.
     *
     * @return the address of its manifest
     */
    String leaveOut(QueuedLoad load) throws IOException, InterruptedException {
        return put(errorKey(load), load.id(), load.files());
    }

    /** Whether a load was left out before. */
    boolean isLeftOut(QueuedLoad load) throws IOException, InterruptedException {
        String key = errorKey(load);
        return calls.call(S3Action.HEAD, bucket, key, () -> store.head(bucket, key)) != null;
    }

    /**
     * Gives every object that was left out, with the address of the manifest that says so.
     *
     * @throws IOException if S3 fails, or a manifest is none
     */
    void forEachLeftOut(BiConsumer<String, String> objects)
            throws IOException, InterruptedException {
        DeliveredObjects all = new DeliveredObjects(store, calls, bucket);
        all.forEach(
                errorFolder,
                object -> {
                    String manifest = "s3://" + bucket + '/' + object.key();
                    try (InputStream in = all.openStored(object.key())) {
                        for (JsonNode entry : JSON.readTree(in).path("entries")) {
                            objects.accept(entry.path("url").asText(), manifest);
                        }
                    } catch (JsonProcessingException e) {
                        throw new IOException(manifest + " is no manifest", e);
                    }
                });
    }

    private String errorKey(QueuedLoad load) {
        return errorFolder + load.id() + ".manifest";
    }

    private String put(String key, UUID id, List<StagedFile> files)
            throws IOException, InterruptedException {
        byte[] json = json(files);
        // A taken key holds the same: it ends with the identity of all that is in it.
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, id.toString(), json));
        return "s3://" + bucket + '/' + key;
    }

    /** Every file is mandatory: a load of fewer would be a loss that nobody notices. */
    private static byte[] json(List<StagedFile> files) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode entries = document.putArray("entries");
        for (StagedFile file : files) {
            entries.addObject()
                    .put("url", file.url())
                    .put("mandatory", true)
                    .putObject("meta")
                    .put("content_length", file.storedBytes());
        }
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
