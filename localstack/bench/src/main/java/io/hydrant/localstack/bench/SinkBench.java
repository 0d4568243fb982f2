package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.report.SinkPage;
import io.hydrant.localstack.bench.report.StreamResult;
import io.hydrant.localstack.bench.report.StreamTables;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures what it costs to write a stream, ours beside the SDK's limit and the official connector:
 * {@code ./hydrant bench sink}. Prints the tables and writes the result page.
 */
@Command(
        name = "sink",
        description =
                "Measures the Kinesis sink beside a plain SDK loop and the official connector, prints the tables and writes the result page.")
public final class SinkBench implements Callable<Integer> {

    private static final List<Integer> SHARDS = List.of(4);
    private static final long MIB = 1024 * 1024;

    /** What the server needs besides the records that it keeps. */
    private static final long SERVER_MIB = 1024;

    @Mixin private StreamArguments options;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        StreamConsole console = new StreamConsole(spec, options, StreamCase.Task.PUT);
        if (console.listed()) {
            return CommandLine.ExitCode.OK;
        }
        console.validate();
        Path page = console.page("sink.md");
        List<StreamResult> results = new ArrayList<>();
        try (WorkFolder work = WorkFolder.of(options.work);
                StreamRuns runs = console.start(work.path(), serverMiB())) {
            for (Load load : options.chosenLoads()) {
                for (int shards : options.shardsOr(SHARDS)) {
                    for (int repeat = 1; repeat <= options.repeats; repeat++) {
                        for (StreamCase one : console.cases()) {
                            if (one.takes(load) && repeat <= options.repeats(one)) {
                                console.announce(repeat, one, load, shards);
                                results.addAll(
                                        console.attempt(one, () -> runs.put(one, load, shards)));
                            }
                        }
                    }
                }
            }
        }
        StreamTables tables = new StreamTables(results);
        console.write(
                page,
                new SinkPage(console.setup(), tables, console.failures()).markdown(),
                tables.all());
        return CommandLine.ExitCode.OK;
    }

    /** The server keeps one run's records, and as much again until they are collected. */
    private long serverMiB() {
        int largest =
                options.chosenLoads().stream()
                        .max(Comparator.comparingInt(Load::recordBytes))
                        .orElseThrow()
                        .recordBytes();
        return SERVER_MIB + 3 * options.records * largest / MIB;
    }
}
