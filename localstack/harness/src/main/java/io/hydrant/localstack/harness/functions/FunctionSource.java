package io.hydrant.localstack.harness.functions;

import java.util.Objects;

/**
 * A function as its author writes it.
 *
 * @param name its short name, letters only
 * @param language what it is written in
 * @param source its source; the function in it is called {@code handler}
 */
public record FunctionSource(String name, Language language, String source) {

    /** What a function may be written in here. */
    public enum Language {
        /** Node.js, the one that runs the runtime itself. */
        NODE("nodejs18.x", "js"),
        /** Python, as a process of its own. */
        PYTHON("python3.11", "py");

        private final String runtime;
        private final String extension;

        Language(String runtime, String extension) {
            this.runtime = runtime;
            this.extension = extension;
        }
    }

    /** Validates that nothing is missing. */
    public FunctionSource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(source, "source");
    }

    String fileName() {
        return name + "." + language.extension;
    }

    /** Its part of the runtime's configuration, YAML. */
    String configuration() {
        return """
                  %s:
                    handler: %s.handler
                    runtime: %s
                    timeout: 30
                """
                .formatted(name, name, language.runtime);
    }
}
