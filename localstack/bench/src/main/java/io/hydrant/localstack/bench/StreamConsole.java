package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.ResultTables;
import io.hydrant.localstack.bench.report.StreamResult;
import io.hydrant.localstack.bench.report.StreamSetup;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@link SourceBench} and {@link SinkBench} say and write, and how they begin. */
final class StreamConsole {

    private final CommandSpec spec;
    private final StreamArguments options;
    private final StreamCase.Task task;
    private final PrintWriter out;
    private final List<String> failures = new ArrayList<>();
    private StreamSetup setup;
    private String announced;

    /** One run of a case. */
    @FunctionalInterface
    interface Attempt {
        StreamResult run() throws IOException, InterruptedException;
    }

    StreamConsole(CommandSpec spec, StreamArguments options, StreamCase.Task task) {
        this.spec = spec;
        this.options = options;
        this.task = task;
        this.out = spec.commandLine().getOut();
    }

    /** Names cases and loads if that is all that was asked for. */
    boolean listed() {
        if (options.listCases) {
            StreamCase.of(task).forEach(one -> say("%-18s %s", one.id(), one.title()));
            Arrays.asList(Load.values())
                    .forEach(one -> say("%-18s %s (load)", one.id(), one.title()));
        }
        return options.listCases;
    }

    /** Ends the command with a usage error where it could not run. */
    void validate() {
        try {
            options.validate();
            options.chosenCases(task);
            options.chosenLoads();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    List<StreamCase> cases() {
        return options.chosenCases(task);
    }

    Path page(String name) {
        return options.output == null ? Checkout.resultPage(name) : options.output.toAbsolutePath();
    }

    /** Looks at the machine, fetches the rival where it takes part, and starts the server. */
    StreamRuns start(Path work, long serverMiB) throws IOException {
        RivalConnector rival =
                new RivalConnector(
                        Checkout.module().resolve("rival"),
                        HydrantCache.ofUser(),
                        Progress.onStandardError());
        if (cases().stream().anyMatch(StreamCase::isRival)) {
            rival.classPath();
        }
        setup =
                new StreamSetup(
                        Machine.now(),
                        Instant.now(),
                        options.records,
                        options.repeats,
                        options.rivalRepeats,
                        options.parallelism,
                        options.jvmOptions);
        return new StreamRuns(options, work, rival, serverMiB);
    }

    /** What was run where; known once started. */
    StreamSetup setup() {
        return setup;
    }

    void announce(int repeat, StreamCase streamCase, Load load, int shards) {
        announced =
                ResultTables.text("%s, %s, %,d shards", streamCase.title(), load.title(), shards);
        say("Run %d of %d: %s …", repeat, options.repeats(streamCase), announced);
    }

    /**
     * Runs a case and shows its result. A rival that fails is named on the page and the benchmark
     * goes on; one of ours ends it.
     *
     * @return the result, none of a rival that failed
     */
    List<StreamResult> attempt(StreamCase streamCase, Attempt run)
            throws IOException, InterruptedException {
        StreamResult result;
        try {
            result = run.run();
        } catch (IOException e) {
            if (!streamCase.isRival()) {
                throw e;
            }
            String reason = e.getMessage().lines().findFirst().orElse("");
            failures.add(announced + ": " + reason);
            say("    failed: %s", e.getMessage());
            return List.of();
        }
        say(
                "    %.2f CPU s per million, %,.0f records/s",
                result.cpuPerMillion(), result.recordsPerSecond());
        return List.of(result);
    }

    /** Rivals that failed, where, and how. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    void write(Path page, String markdown, String shown) throws IOException {
        Files.createDirectories(page.getParent());
        Files.writeString(page, markdown);
        out.println();
        out.print(shown);
        out.println();
        say("Written to %s", page);
    }

    void say(String format, Object... values) {
        out.println(ResultTables.text(format, values));
        out.flush();
    }
}
