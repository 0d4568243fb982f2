package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.BenchCase;
import io.hydrant.localstack.bench.cases.Suite;
import io.hydrant.localstack.bench.report.BenchSetup;
import io.hydrant.localstack.bench.report.CaseResult;
import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.ResultTables;
import io.hydrant.localstack.bench.report.StateResult;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.data.Datasets;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the cases of a suite, interleaved, and writes its result page. */
abstract class CaseBench implements Callable<Integer> {

    private final Suite suite;

    @Mixin private BenchArguments options;
    @Spec private CommandSpec spec;

    CaseBench(Suite suite) {
        this.suite = suite;
    }

    /** The tables, for the console. */
    abstract String tables(ResultTables tables);

    /** The result page, in Markdown. */
    abstract String page(BenchSetup setup, ResultTables tables);

    /** One line of the data, without its end. */
    byte[] line(byte[] flight, long number) {
        return flight;
    }

    /** What is measured besides cases and state. */
    void measureMore(CorridorRuns runs, PrintWriter out) throws IOException, InterruptedException {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (options.listCases) {
            for (BenchCase one : suite.cases()) {
                out.printf("%-22s %s%n", one.id(), one.title());
            }
            return CommandLine.ExitCode.OK;
        }
        List<BenchCase> cases = chosenCases();
        Path page =
                options.output == null
                        ? Checkout.resultPage(suite.page())
                        : options.output.toAbsolutePath();
        try (WorkFolder work = WorkFolder.of(options.work)) {
            measure(cases, work.path(), page, out);
        }
        return CommandLine.ExitCode.OK;
    }

    private List<BenchCase> chosenCases() {
        try {
            options.complete(suite);
            options.validate();
            return options.chosenCases(suite);
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
        try (CorridorRuns runs = new CorridorRuns(suite, options, lines, work, plugins())) {
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
            measureMore(runs, out);
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
        Files.writeString(page, page(setup, tables));
        out.println();
        out.print(tables(tables));
        out.println();
        out.println("Written to " + page);
        out.flush();
    }

    /** The year once; the cases number on from there. */
    private Path writeFlights(Path file) throws IOException {
        try (var flights = Datasets.ofUser(Progress.onStandardError()).flights().stream();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            long number = 0;
            for (Iterator<byte[]> each = flights.map(flight -> flight.json()).iterator();
                    each.hasNext(); ) {
                out.write(line(each.next(), number++));
                out.write('\n');
            }
        }
        return file;
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

    static void say(PrintWriter out, String format, Object... values) {
        out.println(ResultTables.text(format, values));
        out.flush();
    }
}
