package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.BenchCase;
import io.hydrant.localstack.bench.report.BenchSetup;
import io.hydrant.localstack.bench.report.CaseResult;
import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.ResultPage;
import io.hydrant.localstack.bench.report.ResultTables;
import io.hydrant.localstack.bench.report.StateResult;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.data.Datasets;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures what the corridor costs, side by side with its limit and its rivals: {@code ./hydrant
 * bench corridor}. Prints the table and writes the result page.
 */
@Command(
        name = "corridor",
        description =
                "Measures the corridor from Kinesis to S3 beside its limit and its rivals, prints the table and writes the result page.")
public final class CorridorBench implements Callable<Integer> {

    @Mixin private BenchArguments options;
    @Spec private CommandSpec spec;

    /** Runs the benchmark; ends the JVM with 0, or with another code where it failed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CorridorBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (options.listCases) {
            for (BenchCase one : BenchCase.values()) {
                out.printf("%-22s %s%n", one.id(), one.title());
            }
            return CommandLine.ExitCode.OK;
        }
        List<BenchCase> cases = chosenCases();
        Path page = options.output == null ? defaultPage() : options.output.toAbsolutePath();
        try (WorkFolder work = WorkFolder.of(options.work)) {
            measure(cases, work.path(), page, out);
        }
        return CommandLine.ExitCode.OK;
    }

    private List<BenchCase> chosenCases() {
        try {
            options.validate();
            return options.chosenCases();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void measure(List<BenchCase> cases, Path work, Path page, PrintWriter out)
            throws IOException, InterruptedException {
        Machine machine = Machine.now();
        Instant start = Instant.now();
        Path lines = writeFlights(work.resolve("flights.jsonl"));
        List<CaseResult> results = new ArrayList<>();
        List<StateResult> states = new ArrayList<>();
        try (CorridorRuns runs = new CorridorRuns(options, lines, work, plugins())) {
            say(out, "Filling the streams with %,d flights …", options.records);
            runs.fillStreams(cases);
            for (int repeat = 1; repeat <= options.repeats; repeat++) {
                for (BenchCase one : cases) {
                    say(out, "Round %d of %d: %s …", repeat, options.repeats, one.title());
                    CaseResult result = runs.run(one);
                    say(
                            out,
                            "    %.1f CPU s, %.1f s, %,d objects",
                            result.cpuSeconds(),
                            result.wallSeconds(),
                            result.objects());
                    results.add(result);
                }
            }
            for (int open : options.openObjects) {
                if (open > 0) {
                    say(out, "State with %,d open objects …", open);
                    states.add(runs.holdOpen(open));
                }
            }
        }
        ResultTables tables = new ResultTables(results, states);
        BenchSetup setup =
                new BenchSetup(
                        machine,
                        start,
                        options.records,
                        options.repeats,
                        options.parallelism,
                        options.shards,
                        options.jvmOptions);
        Files.createDirectories(page.getParent());
        Files.writeString(page, new ResultPage(setup, tables).markdown());
        out.println();
        out.print(tables.all());
        out.println();
        out.println("Written to " + page);
        out.flush();
    }

    /** The year once; the cases number on from there. */
    private static Path writeFlights(Path file) throws IOException {
        try (var flights = Datasets.ofUser(Progress.onStandardError()).flights().stream();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            flights.forEach(
                    flight -> {
                        try {
                            out.write(flight.json());
                            out.write('\n');
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return file;
    }

    private static Path defaultPage() {
        return Checkout.resultPage("corridor.md");
    }

    /** Flink finds the rival's file system here; the build puts it there. */
    private static Path plugins() throws IOException {
        Path plugins = Checkout.module().resolve("target").resolve("plugins");
        if (!Files.isDirectory(plugins)) {
            throw new IOException(
                    plugins
                            + " does not exist; build the module localstack/bench, or start with ./hydrant, which does");
        }
        return plugins;
    }

    private static void say(PrintWriter out, String format, Object... values) {
        out.println(ResultTables.text(format, values));
        out.flush();
    }
}
