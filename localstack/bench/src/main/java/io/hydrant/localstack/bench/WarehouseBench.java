package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.measure.CaseFigures;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.TableLoad;
import io.hydrant.localstack.bench.report.WarehousePage;
import io.hydrant.localstack.bench.report.WarehouseResults;
import io.hydrant.localstack.bench.warehouse.CommitFigures;
import io.hydrant.localstack.bench.warehouse.Findings;
import io.hydrant.localstack.bench.warehouse.HourFigures;
import io.hydrant.localstack.bench.warehouse.LoadFigures;
import io.hydrant.localstack.bench.warehouse.WarehouseCase;
import io.hydrant.localstack.bench.warehouse.WarehouseCaseMain;
import io.hydrant.localstack.bench.warehouse.WarehouseSettings;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.data.Datasets;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.iceberg.IcebergJars;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures deliveries to Iceberg and Redshift beside Iceberg's own sink and the bare COPY, the
 * files that an hour of commits leaves, and how old rows are when a query sees them: {@code
 * ./hydrant bench warehouse}. Prints the tables and writes the result page.
 */
@Command(
        name = "warehouse",
        description =
                "Measures deliveries to Iceberg and Redshift beside Iceberg's own sink and the bare COPY, the files of an hour of commits, and how old rows are when a query sees them; prints the tables and writes the result page.")
public final class WarehouseBench implements Callable<Integer> {

    private static final long TIMEOUT_MINUTES = 30;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            paramLabel = "N",
            description = "Flights per load of a table of Iceberg (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--load-rows",
            defaultValue = "500000",
            paramLabel = "N",
            description = "Flights per load into Redshift (default: ${DEFAULT-VALUE}).")
    private long loadRows;

    @Option(
            names = "--hour-rows",
            defaultValue = "3600000",
            paramLabel = "N",
            description = "Flights of the hour of commits (default: ${DEFAULT-VALUE}).")
    private long hourRows;

    @Option(
            names = "--hour-commits",
            defaultValue = "360",
            paramLabel = "N",
            description = "Commits of the hour, one every ten seconds (default: ${DEFAULT-VALUE}).")
    private int hourCommits;

    @Option(
            names = "--commits",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "Commits of each interval at which rows' ages are looked at (default: ${DEFAULT-VALUE}).")
    private int commits;

    @Option(
            names = "--rows-per-second",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Flights that arrive a second in between (default: ${DEFAULT-VALUE}).")
    private int rowsPerSecond;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Parallel tasks of the jobs (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Mixin private CaseOptions options;

    private final WarehouseResults results = new WarehouseResults();
    private CaseProcess processes;
    private String classPath;
    private int runs;

    @Override
    public Integer call() throws Exception {
        if (options.listed(WarehouseCase.values())) {
            return CommandLine.ExitCode.OK;
        }
        List<WarehouseCase> chosen = options.chosen(WarehouseCase.values(), this::check);
        Machine machine = Machine.now();
        Instant start = Instant.now();
        try (WorkFolder folder = WorkFolder.of(options.work)) {
            measure(chosen, folder.path());
        }
        WarehousePage page =
                new WarehousePage(machine, start, options.jvmOptions, parallelism, results);
        options.write(page.markdown(), results.tables());
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        Bounds.atLeast(1, "--rows", rows);
        Bounds.atLeast(1, "--load-rows", loadRows);
        Bounds.atLeast(1, "--hour-rows", hourRows);
        Bounds.atLeast(1, "--hour-commits", hourCommits);
        Bounds.atLeast(1, "--commits", commits);
        Bounds.atLeast(1, "--rows-per-second", rowsPerSecond);
        Bounds.atLeast(1, "--parallelism", parallelism);
    }

    private void measure(List<WarehouseCase> chosen, Path folder)
            throws IOException, InterruptedException {
        processes = new CaseProcess(Map.of(), options.jvmOptionList(), TIMEOUT_MINUTES);
        classPath = classPath();
        Path lines = writeFlights(folder.resolve("flights.jsonl"));
        for (int repeat = 1; repeat <= options.repeats; repeat++) {
            for (WarehouseCase one : chosen) {
                if (one.isRepeated()) {
                    options.say(
                            "Run %d of %d: %s (%s) …",
                            repeat, options.repeats, one.title(), one.id());
                    run(one, lines, folder);
                }
            }
        }
        for (WarehouseCase one : chosen) {
            if (!one.isRepeated()) {
                options.say("Measuring %s (%s) …", one.title(), one.id());
                run(one, lines, folder);
            }
        }
    }

    private void run(WarehouseCase one, Path lines, Path folder)
            throws IOException, InterruptedException {
        WarehouseSettings settings =
                new WarehouseSettings(
                        one,
                        rowsOf(one),
                        one == WarehouseCase.ICEBERG_HOUR ? hourCommits : commits,
                        rowsPerSecond,
                        parallelism,
                        lines,
                        folder.resolve("run-" + runs++ + '-' + one.id()));
        CaseFigures figures =
                processes.run(
                        new CaseProcess.Call(
                                one.id(),
                                WarehouseCaseMain.class.getName(),
                                classPath,
                                settings.toArguments(),
                                List.of(),
                                settings.work(),
                                settings.figures()));
        switch (one) {
            case ICEBERG, ICEBERG_OWN -> add(one, figures);
            case ICEBERG_HOUR -> results.set(Findings.read(settings, HourFigures.class));
            case REDSHIFT_LOAD -> results.add(Findings.read(settings, LoadFigures.class));
            case ICEBERG_COMMITS, REDSHIFT_COMMITS ->
                    results.add(one, Findings.read(settings, CommitFigures.All.class));
        }
    }

    private long rowsOf(WarehouseCase one) {
        return switch (one) {
            case ICEBERG_HOUR -> hourRows;
            case REDSHIFT_LOAD -> loadRows;
            default -> rows;
        };
    }

    private void add(WarehouseCase one, CaseFigures figures) {
        long from = figures.measured().startMillis();
        long to = figures.measured().lastWriteMillis();
        TableLoad load =
                new TableLoad(
                        one,
                        rows,
                        figures.cpu().secondsBetween(from, to),
                        figures.jvmCpu().secondsBetween(from, to),
                        (to - from) / 1e3);
        options.say("    %.2f CPU s per million, %.1f s", load.cpuPerMillion(), load.wallSeconds());
        results.add(load);
    }

    /** Iceberg is not on the class path of this process, as it is not in a jar of Hydrant's. */
    private static String classPath() throws IOException {
        return System.getProperty("java.class.path")
                + File.pathSeparator
                + IcebergJars.find(Checkout.root(), Progress.onStandardError()).ofFlink().stream()
                        .map(Path::toString)
                        .filter(jar -> !jar.contains("iceberg-aws-bundle"))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path writeFlights(Path file) throws IOException {
        try (Stream<Flight> flights =
                        Datasets.ofUser(Progress.onStandardError()).flights().stream();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Iterator<Flight> each = flights.iterator(); each.hasNext(); ) {
                out.write(each.next().json());
                out.write('\n');
            }
        }
        return file;
    }
}
