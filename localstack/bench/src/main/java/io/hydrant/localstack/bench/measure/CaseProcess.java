package io.hydrant.localstack.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs cases, each in a JVM of its own. */
public final class CaseProcess {

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

    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final long timeoutMinutes;

    /**
     * One case to run.
     *
     * @param name what it is called in messages
     * @param mainClass its main class, which ends by {@link MeasuredRun#runAndExit}
     * @param classPath where that is found
     * @param arguments arguments of the main class
     * @param jvmOptions options of this JVM, behind those of all
     * @param work folder of the run, for its log too
     * @param figures file that it writes its figures to
     */
    public record Call(
            String name,
            String mainClass,
            String classPath,
            List<String> arguments,
            List<String> jvmOptions,
            Path work,
            Path figures) {}

    /**
     * Processes of one benchmark.
     *
     * @param environment variables that each JVM gets besides this one's
     * @param jvmOptions options of each JVM, such as its heap
     * @param timeoutMinutes after which a case is given up
     */
    public CaseProcess(
            Map<String, String> environment, List<String> jvmOptions, long timeoutMinutes) {
        this.environment = Map.copyOf(environment);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.timeoutMinutes = timeoutMinutes;
    }

    /**
     * Runs a case to its end. Its output goes to a log in its work folder.
     *
     * @throws IOException if it fails; with the end of its log
     */
    public CaseFigures run(Call call) throws IOException, InterruptedException {
        Files.createDirectories(call.work());
        Path log = call.work().resolve("case.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(call.jvmOptions());
        OPENED.forEach(opened -> command.add("--add-opens=" + opened));
        command.add("-cp");
        command.add(call.classPath());
        command.add(call.mainClass());
        command.addAll(call.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        // A benchmark that is told to end must not leave a measured JVM at work behind.
        Thread endWithUs = new Thread(process::destroyForcibly, "end " + process.pid());
        Runtime.getRuntime().addShutdownHook(endWithUs);
        try {
            if (!process.waitFor(timeoutMinutes, TimeUnit.MINUTES)) {
                throw failed(call, "did not end within " + timeoutMinutes + " minutes", log);
            }
        } finally {
            process.destroyForcibly();
            forget(endWithUs);
        }
        if (process.exitValue() != 0 || !Files.exists(call.figures())) {
            throw failed(call, "ended with exit code " + process.exitValue(), log);
        }
        return CaseFigures.read(call.figures());
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // This JVM is ending, and the hook runs or ran.
        }
    }

    private static IOException failed(Call call, String what, Path log) throws IOException {
        // Flink's stack traces are long; what they are traces of says enough.
        List<String> lines =
                Files.readAllLines(log).stream().filter(line -> !line.startsWith("\t")).toList();
        return new IOException(
                "The case "
                        + call.name()
                        + ' '
                        + what
                        + ". The end of what it said:\n"
                        + lines.stream()
                                .skip(Math.max(0, lines.size() - TAIL_LINES))
                                .collect(Collectors.joining("\n")));
    }
}
