package io.hydrant.localstack.harness.flink;

import java.nio.file.Path;

/** The Java that runs this process, which Flink shall run on, too. */
final class JavaHome {

    private JavaHome() {}

    static Path path() {
        return Path.of(System.getProperty("java.home"));
    }

    static Path program(String name) {
        return path().resolve("bin").resolve(name);
    }
}
