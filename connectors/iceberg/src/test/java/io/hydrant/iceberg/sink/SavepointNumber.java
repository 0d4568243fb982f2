package io.hydrant.iceberg.sink;

import org.apache.flink.runtime.checkpoint.Checkpoints;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the number of the checkpoint that a savepoint is. */
final class SavepointNumber {

    private SavepointNumber() {}

    static long of(String savepoint) throws IOException {
        Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            return Checkpoints.loadCheckpointMetadata(
                            in, SavepointNumber.class.getClassLoader(), savepoint)
                    .getCheckpointId();
        }
    }
}
