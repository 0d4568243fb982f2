package io.hydrant.localstack.fakes.redshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which objects a COPY reads: those of its manifest, or those under its prefix.
 *
 * <p>Source: Redshift developer guide, "Using a manifest to specify data files". A size that the
 * manifest gives is checked, whatever the format.
 */
final class LoadFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StagedObjects objects;

    LoadFiles(StagedObjects objects) {
        this.objects = objects;
    }

    List<LoadFile> of(CopyCommand copy) throws FakeSqlException {
        try {
            return copy.isManifest() ? listed(copy) : under(copy);
        } catch (IOException e) {
            throw FakeSqlException.unreadable(e.getMessage());
        }
    }

    private List<LoadFile> under(CopyCommand copy) throws IOException, FakeSqlException {
        List<LoadFile> files =
                objects.keys(copy.bucket(), copy.key()).stream()
                        .map(key -> new LoadFile(copy.bucket(), key))
                        .toList();
        if (files.isEmpty()) {
            throw missing("The specified S3 prefix '" + copy.key() + "' does not exist");
        }
        return files;
    }

    private List<LoadFile> listed(CopyCommand copy) throws IOException, FakeSqlException {
        byte[] manifest = read(new LoadFile(copy.bucket(), copy.key()));
        if (manifest == null) {
            throw missing("The specified S3 prefix '" + copy.key() + "' does not exist");
        }
        JsonNode document = JSON.readTree(manifest);
        JsonNode entries = document.path("entries");
        if (!entries.isArray() || document.size() != 1) {
            throw FakeSqlException.loadFailed(
                    "Manifest file is not in correct json format: 'entries' and nothing else");
        }
        List<LoadFile> files = new ArrayList<>();
        for (JsonNode entry : entries) {
            requireKnownFields(entry);
            LoadFile file = LoadFile.of(entry.path("url").asText());
            byte[] content = read(file);
            if (content != null) {
                requireLength(entry, content.length, file);
                files.add(file);
            } else if (entry.path("mandatory").asBoolean(false)) {
                throw missing("File not found: " + file.url());
            }
        }
        return files;
    }

    private static void requireKnownFields(JsonNode entry) throws FakeSqlException {
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!List.of("url", "mandatory", "meta").contains(name)) {
                throw FakeSqlException.loadFailed(
                        "Manifest file is not in correct json format: field '" + name + "'");
            }
        }
    }

    private static void requireLength(JsonNode entry, long length, LoadFile file)
            throws FakeSqlException {
        JsonNode expected = entry.path("meta").path("content_length");
        if (!expected.isMissingNode() && expected.asLong() != length) {
            throw FakeSqlException.loadFailed(
                    file.url() + " has " + length + " bytes, the manifest says " + expected);
        }
    }

    private byte[] read(LoadFile file) throws IOException {
        try (InputStream in = objects.open(file.bucket(), file.key())) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static FakeSqlException missing(String message) {
        return new FakeSqlException("XX000", message, "error: " + message + " code: 8001");
    }
}
