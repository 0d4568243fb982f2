package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The configuration folder of one cluster: the home's own, with some settings replaced. */
final class FlinkConfiguration {

    private static final String FILE = "config.yaml";

    /** Flink's own reader and writer of {@code config.yaml}, which its scripts call. */
    private static final String TOOL = "org.apache.flink.runtime.util.bash.BashJavaUtils";

    private static final String TOOL_COMMAND = "UPDATE_AND_GET_FLINK_CONFIGURATION";
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

    private FlinkConfiguration() {}

    /**
     * Writes the folder.
     *
     * @param home whose configuration is taken over; it stays as it is
     * @param settings keys and values that replace or add to it
     * @param folder the folder to write; made if absent
     * @throws IOException if Flink cannot read the home's {@code config.yaml}; the message has what
     *     it says
     */
    static void write(FlinkHome home, Map<String, String> settings, Path folder)
            throws IOException {
        copyFiles(home.path().resolve("conf"), folder);
        List<String> words = new ArrayList<>();
        words.add(JavaHome.program("java").toString());
        words.add("-cp");
        words.add(home.program("bash-java-utils.jar") + ":" + home.distributionJar());
        words.add(TOOL);
        words.add(TOOL_COMMAND);
        words.add("--configDir");
        words.add(folder.toString());
        // The port to listen on is rest.port then; the SQL client's own gateway would take this
        // one, too.
        words.add("-rmKey");
        words.add("rest.bind-port");
        settings.forEach((key, value) -> words.add("-D" + key + "=" + value));

        List<String> yaml = new ArrayList<>();
        Command.Result result =
                Command.of(words)
                        .listening(
                                line -> {
                                    if (line.startsWith(RESULT)) {
                                        yaml.add(line.substring(RESULT.length()));
                                    }
                                })
                        .attempt();
        if (result.exitCode() != 0 || yaml.isEmpty()) {
            // Not the command itself: a setting may be a secret.
            throw new IOException(
                    "Flink cannot read "
                            + folder.resolve(FILE)
                            + ", which comes from "
                            + home.path()
                            + ":\n"
                            + result.output());
        }
        Files.write(folder.resolve(FILE), yaml);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> entries = Files.list(from)) {
            files = entries.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName().toString()));
        }
    }
}
