package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.measure.CaseFigures;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.report.LatencyResult;
import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.SqlPage;
import io.hydrant.localstack.bench.report.SqlResult;
import io.hydrant.localstack.bench.sql.Bids;
import io.hydrant.localstack.bench.sql.SqlCase;
import io.hydrant.localstack.bench.sql.SqlCaseMain;
import io.hydrant.localstack.bench.sql.SqlCaseSettings;
import io.hydrant.localstack.fakes.FakesProcess;
import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures questions over our source beside the same over Flink's generator, applications of
 * Kinesis Data Analytics beside the same by hand, our functions beside Flink's, and how old the
 * rows of a leaderboard are: {@code ./hydrant bench sql}. Prints the table and writes the result
 * page.
 */
@Command(
        name = "sql",
        description =
                "Measures questions over the Kinesis source beside Flink's generator, applications of Kinesis Data Analytics and functions beside Flink's own, and how old a leaderboard's rows are, prints the table and writes the result page.")
public final class SqlBench implements Callable<Integer> {

    private static final String STREAM = "bids";
    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM;
    private static final int SHARDS = 4;
    private static final long TIMEOUT_MINUTES = 10;
    private static final long SERVER_MIB = 512;

    /** Heap that a record takes in the server and here, keys and all; rather too much. */
    private static final long RECORD_BYTES = 512;

    private static final String ANSWERS = "answers";
    private static final long MIB = 1024 * 1024;
    private static final long MOST_RECORDS = 10_000_000;

    @Option(
            names = "--records",
            defaultValue = "3000000",
            paramLabel = "N",
            description = "Bids per run (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Parallel tasks of the jobs (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--latency-seconds",
            defaultValue = "60",
            paramLabel = "N",
            description =
                    "How long a leaderboard is watched for the age of its rows, 0 for not (default: ${DEFAULT-VALUE}).")
    private int latencySeconds;

    /**
     * One long run says more than three short ones: planning a statement and compiling what it runs
     * is half of a run of a million bids, and an application has more statements. Three million
     * bids need more heap than the gibibyte of the other benchmarks.
     */
    @Mixin private CaseOptions options = new CaseOptions(1, "3g");

    private final List<SqlResult> results = new ArrayList<>();
    private final Map<SqlCase, Long> answers = new EnumMap<>(SqlCase.class);
    private LatencyResult latency;

    @Override
    public Integer call() throws Exception {
        if (options.listed(SqlCase.values())) {
            return CommandLine.ExitCode.OK;
        }
        List<SqlCase> chosen = options.chosen(SqlCase.values(), this::check);
        Machine machine = Machine.now();
        Instant start = Instant.now();
        try (WorkFolder folder = WorkFolder.of(options.work)) {
            measure(chosen, folder.path());
        }
        SqlPage page =
                new SqlPage(machine, start, options.jvmOptions, parallelism, results, latency);
        options.write(page.markdown(), page.table());
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        Bounds.between(1, MOST_RECORDS, "--records", records);
        Bounds.atLeast(1, "--parallelism", parallelism);
        Bounds.atLeast(0, "--latency-seconds", latencySeconds);
    }

    private void measure(List<SqlCase> chosen, Path folder)
            throws IOException, InterruptedException {
        CaseProcess processes = new CaseProcess(Map.of(), options.jvmOptionList(), TIMEOUT_MINUTES);
        try (FakesProcess fakes =
                FakesProcess.start(SERVER_MIB + 2 * records * RECORD_BYTES / MIB + "m")) {
            if (chosen.stream().anyMatch(SqlCase::isKinesis)) {
                options.say("Filling a stream with %,d bids …", records);
                Path file = folder.resolve("bids");
                PreparedRecord.writeAll(file, Bids.records(records));
                fakes.fill(STREAM, SHARDS, records, file);
            }
            for (int repeat = 1; repeat <= options.repeats; repeat++) {
                for (SqlCase one : chosen) {
                    options.say(
                            "Run %d of %d: %s, %s (%s) …",
                            repeat, options.repeats, one.title(), one.over(), one.id());
                    SqlResult result = run(processes, fakes, one, folder);
                    options.say(
                            "    %.2f CPU s per million, %.1f s",
                            result.cpuPerMillion(), result.wallSeconds());
                    results.add(result);
                }
            }
            if (latencySeconds > 0) {
                options.say("Watching a leaderboard for %d s …", latencySeconds);
                latency =
                        new LeaderboardRun(fakes, processes, SHARDS, latencySeconds)
                                .run(folder.resolve("latency"));
            }
        }
    }

    private SqlResult run(CaseProcess processes, FakesProcess fakes, SqlCase one, Path folder)
            throws IOException, InterruptedException {
        FlightStreams streams = new FlightStreams(fakes.kinesisEndpoint(), SHARDS);
        Path work = folder.resolve("run-" + results.size() + '-' + one.id());
        SqlCaseSettings settings =
                new SqlCaseSettings(
                        one,
                        records,
                        parallelism,
                        fakes.kinesisEndpoint(),
                        ARN,
                        streams.create(ANSWERS),
                        work,
                        work.resolve("figures.properties"));
        CaseFigures figures =
                processes.run(
                        new CaseProcess.Call(
                                one.id(),
                                SqlCaseMain.class.getName(),
                                System.getProperty("java.class.path"),
                                settings.toArguments(),
                                List.of(),
                                settings.work(),
                                settings.figures()));
        streams.delete(ANSWERS);
        requireSameAnswer(one, figures.measured().records());
        long from = figures.measured().startMillis();
        long to = figures.measured().lastWriteMillis();
        return new SqlResult(
                one, records, figures.cpu().secondsBetween(from, to), (to - from) / 1e3);
    }

    /** An application that leaves rows out would be quick. */
    private void requireSameAnswer(SqlCase one, long rows) throws IOException {
        answers.put(one, rows);
        Long others = one.rival() == null ? null : answers.get(one.rival());
        if (one.group() == SqlCase.Group.APPLICATION && others != null && rows != others) {
            throw new IOException(
                    one.id()
                            + " answered with "
                            + rows
                            + " rows, "
                            + one.rival().id()
                            + " with "
                            + others);
        }
    }
}
