package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.CaseFigures;
import io.hydrant.localstack.bench.cases.CaseMain;
import io.hydrant.localstack.bench.cases.CaseSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs one case in a JVM of its own. */
final class CaseProcess {

    /** What Flink's own config.yaml opens on Java 17, as far as these jobs need it. */
    private static final List<String> OPENED =
            List.of(
                    "java.base/java.lang=ALL-UNNAMED",
                    "java.base/java.net=ALL-UNNAMED",
                    "java.base/java.io=ALL-UNNAMED",
                    "java.base/java.nio=ALL-UNNAMED",
                    "java.base/sun.nio.ch=ALL-UNNAMED",
                    "java.base/java.time=ALL-UNNAMED",
                    "java.base/java.util=ALL-UNNAMED",
                    "java.base/java.util.concurrent=ALL-UNNAMED");

    private static final int TAIL_LINES = 40;

    private final Path plugins;
    private final List<String> jvmOptions;
    private final long timeoutMinutes;

    /**
     * Processes of one benchmark.
     *
     * @param plugins folder with Flink's plugins
     * @param jvmOptions options of each JVM, such as its heap
     * @param timeoutMinutes after which a case is given up
     */
    CaseProcess(Path plugins, List<String> jvmOptions, long timeoutMinutes) {
        this.plugins = plugins;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.timeoutMinutes = timeoutMinutes;
    }

    /** Runs a case to its end. Its output goes to a log in its work folder. */
    CaseFigures run(CaseSettings settings) throws IOException, InterruptedException {
        Files.createDirectories(settings.work());
        Path log = settings.work().resolve("case.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        OPENED.forEach(opened -> command.add("--add-opens=" + opened));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(CaseMain.class.getName());
        command.addAll(settings.toArguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("FLINK_PLUGINS_DIR", plugins.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(timeoutMinutes, TimeUnit.MINUTES)) {
                throw failed(settings, "did not end within " + timeoutMinutes + " minutes", log);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.exists(settings.figures())) {
            throw failed(settings, "ended with exit code " + process.exitValue(), log);
        }
        return CaseFigures.read(settings.figures());
    }

    private static IOException failed(CaseSettings settings, String what, Path log)
            throws IOException {
        // Flink's stack traces are long; what they are traces of says enough.
        List<String> lines =
                Files.readAllLines(log).stream().filter(line -> !line.startsWith("\t")).toList();
        return new IOException(
                "The case "
                        + settings.benchCase().id()
                        + ' '
                        + what
                        + ". The end of what it said:\n"
                        + lines.stream()
                                .skip(Math.max(0, lines.size() - TAIL_LINES))
                                .collect(Collectors.joining("\n")));
    }
}
