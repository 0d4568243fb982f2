package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.IngestRuns.IngestSizes;
import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.ingest.LogLines;
import io.hydrant.localstack.bench.report.FilesResult;
import io.hydrant.localstack.bench.report.GatewayResult;
import io.hydrant.localstack.bench.report.IngestPage;
import io.hydrant.localstack.bench.report.IngestSetup;
import io.hydrant.localstack.bench.report.IngestTables;
import io.hydrant.localstack.bench.report.Machine;
import io.hydrant.localstack.bench.report.TailResult;
import io.hydrant.localstack.bench.stream.Load;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures the tailer of files beside {@code cat} and a plain loop, the whole job beside Kinesis
 * Agent, memory with many files, and the gateway beside clients that put straight into Kinesis:
 * {@code ./hydrant bench ingest}. Prints the tables and writes the result page.
 */
@Command(
        name = "ingest",
        description =
                "Measures the tailer of files beside cat, the job beside Kinesis Agent, memory with many files, and the gateway beside a raw PutRecords loop, prints the tables and writes the result page.")
public final class IngestBench implements Callable<Integer> {

    private static final List<Load> LOADS = List.of(Load.PLAIN_300, Load.PLAIN_1K);
    private static final int BATCH = 500;
    private static final int EVEN_RECORDS = 10_000;
    private static final long MIB = 1024 * 1024;
    private static final long MOST_RECORDS = 10_000_000;
    private static final long SERVER_MIB = 1024;

    @Option(
            names = "--megabytes",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Size of the file that is read (default: ${DEFAULT-VALUE}).")
    private int megabytes;

    @Option(
            names = "--files",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many files many are (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--idle-seconds",
            defaultValue = "25",
            paramLabel = "N",
            description = "How long to look at files that do not grow (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(
            names = "--records",
            defaultValue = "1000000",
            paramLabel = "N",
            description =
                    "Records that clients put, a multiple of 500 (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(
            names = "--connections",
            defaultValue = "8",
            paramLabel = "N",
            description = "Clients that put at a time (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--latency-seconds",
            defaultValue = "15",
            paramLabel = "N",
            description =
                    "How long clients go on at an even pace, for the time of an answer (default: ${DEFAULT-VALUE}).")
    private int latencySeconds;

    @Option(
            names = "--agent",
            paramLabel = "FOLDER|JAR",
            description =
                    "Kinesis Agent that you built or installed, to run beside the job (default: it is left out).")
    private Path agentPlace;

    @Mixin private CaseOptions options;

    private BuiltAgent agent;
    private final List<TailResult> tails = new ArrayList<>();
    private final List<FilesResult> filesResults = new ArrayList<>();
    private final List<GatewayResult> gateways = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (options.listed(IngestCase.values())) {
            return CommandLine.ExitCode.OK;
        }
        List<IngestCase> chosen = runnable(options.chosen(IngestCase.values(), this::check));
        IngestSizes sizes =
                new IngestSizes(
                        Math.max(1, Math.round(megabytes * 1e6 / LogLines.blockBytes())),
                        records,
                        files,
                        connections,
                        latencySeconds,
                        idleSeconds);
        IngestSetup setup =
                new IngestSetup(
                        Machine.now(),
                        Instant.now(),
                        options.jvmOptions,
                        options.repeats,
                        sizes.logBytes(),
                        records,
                        connections,
                        EVEN_RECORDS,
                        IngestRuns.SHARDS,
                        agent == null ? null : agent.jar().getFileName().toString());
        try (WorkFolder folder = WorkFolder.of(options.work);
                IngestRuns runs =
                        new IngestRuns(
                                sizes,
                                folder.path(),
                                options.jvmOptionList(),
                                serverMiB(chosen, sizes),
                                agent)) {
            for (int repeat = 1; repeat <= options.repeats; repeat++) {
                for (IngestCase one : chosen) {
                    measure(runs, repeat, one);
                }
            }
        }
        IngestTables tables = new IngestTables(tails, filesResults, gateways);
        options.write(new IngestPage(setup, tables).markdown(), tables.all());
        return CommandLine.ExitCode.OK;
    }

    private void measure(IngestRuns runs, int repeat, IngestCase one)
            throws IOException, InterruptedException {
        switch (one.group()) {
            case TAIL -> {
                announce(repeat, one, one.title());
                TailResult result = runs.tail(one);
                options.say(
                        "    %,.0f MB/s per core, %,.0f MB/s",
                        result.megabytesPerCore(), result.megabytesPerSecond());
                tails.add(result);
            }
            case FILES -> {
                announce(repeat, one, one.title());
                FilesResult result = runs.files(one);
                options.say(
                        "    %,d files: %.1f MB of heap, %.3f cores while idle",
                        result.files(), result.heapBytes() / (double) MIB, result.idleCores());
                filesResults.add(result);
            }
            case GATEWAY -> {
                for (Load load : LOADS) {
                    announce(repeat, one, one.title() + ", " + load.title());
                    GatewayResult result = runs.put(one, load);
                    options.say(
                            "    %,.0f records/s per core, %,.0f records/s",
                            result.recordsPerCore(), result.recordsPerSecond());
                    gateways.add(result);
                }
            }
        }
    }

    private void announce(int repeat, IngestCase one, String what) {
        options.say("Run %d of %d: %s (%s) …", repeat, options.repeats, what, one.id());
    }

    private void check() {
        Bounds.between(1, 100_000, "--megabytes", megabytes);
        Bounds.between(2, 1_000_000, "--files", files);
        Bounds.between(1, 600, "--idle-seconds", idleSeconds);
        Bounds.between(3 * BATCH, MOST_RECORDS, "--records", records);
        Bounds.between(1, 1_000, "--connections", connections);
        Bounds.between(0, 600, "--latency-seconds", latencySeconds);
        agent = agentPlace == null ? null : BuiltAgent.at(agentPlace);
        if (records % BATCH != 0) {
            throw new IllegalArgumentException(
                    "--records must be a multiple of " + BATCH + ", but is " + records);
        }
    }

    /** Without those of an agent that nobody named. */
    private List<IngestCase> runnable(List<IngestCase> chosen) {
        List<IngestCase> runnable =
                chosen.stream().filter(one -> agent != null || !one.isKinesisAgent()).toList();
        if (runnable.size() < chosen.size()) {
            options.say("Kinesis Agent is left out: --agent names none. %s.", BuiltAgent.WAY);
        }
        return runnable;
    }

    /** The server keeps one run's records, and as much again until they are collected. */
    private long serverMiB(List<IngestCase> chosen, IngestSizes sizes) {
        long bytes = 0;
        for (IngestCase one : chosen) {
            if (one.group() == IngestCase.Group.GATEWAY) {
                long all = records + (long) latencySeconds * EVEN_RECORDS;
                bytes = Math.max(bytes, all * Load.PLAIN_1K.recordBytes());
            } else if (one.isIntoKinesis()) {
                // A part of it, but JSON repeats the names of its fields.
                bytes = Math.max(bytes, sizes.logBytes());
            }
        }
        return SERVER_MIB + 3 * bytes / MIB;
    }
}
