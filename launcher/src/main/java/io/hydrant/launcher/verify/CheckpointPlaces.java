package io.hydrant.launcher.verify;

import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the checkpoints and savepoints under places that a user names: folders, or prefixes in S3,
 * whose objects are copied to this machine for as long as this is open.
 */
final class CheckpointPlaces implements AutoCloseable {

    private static final String METADATA = "_metadata";

    private final ObjectStore store;
    private final S3Calls calls;
    private final List<Path> copies = new ArrayList<>();

    CheckpointPlaces(ObjectStore store, S3Calls calls) {
        this.store = store;
        this.calls = calls;
    }

    /**
     * The folders of all checkpoints in a place.
     *
     * @throws IOException if there is none, which would make everything look abandoned
     */
    List<Path> in(String place) throws IOException, InterruptedException {
        Path folder = place.startsWith("s3://") ? copy(URI.create(place)) : local(place);
        if (!Files.exists(folder)) {
            throw new IOException("--checkpoint: there is no " + place);
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(folder)) {
            found =
                    files.filter(file -> file.getFileName().toString().equals(METADATA))
                            .map(Path::getParent)
                            .toList();
        }
        if (found.isEmpty()) {
            throw new IOException(
                    "--checkpoint: "
                            + place
                            + " holds no completed checkpoint or savepoint; there is no "
                            + METADATA
                            + " in it");
        }
        return found;
    }

    private static Path local(String place) {
        Path path = place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
        return path.endsWith(METADATA) ? path.getParent() : path;
    }

    private Path copy(URI place) throws IOException, InterruptedException {
        String bucket = place.getAuthority();
        String path = place.getPath().substring(Math.min(1, place.getPath().length()));
        String prefix = path.isEmpty() || path.endsWith("/") ? path : path + '/';
        Path folder = Files.createTempDirectory("hydrant-checkpoint");
        copies.add(folder);
        DeliveredObjects objects = new DeliveredObjects(store, calls, bucket);
        objects.forEach(
                prefix,
                object -> {
                    Path file = folder.resolve(object.key().substring(prefix.length())).normalize();
                    if (!file.startsWith(folder) || object.key().endsWith("/")) {
                        return;
                    }
                    Files.createDirectories(file.getParent());
                    try (InputStream content = objects.openStored(object.key())) {
                        Files.copy(content, file);
                    }
                });
        return folder;
    }

    @Override
    public void close() throws IOException {
        for (Path copy : copies) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(copy)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
