package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.report.CpuProfile;
import io.hydrant.localstack.bench.report.IdleResult;
import io.hydrant.localstack.bench.report.SourcePage;
import io.hydrant.localstack.bench.report.StreamResult;
import io.hydrant.localstack.bench.report.StreamTables;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures what it costs to read a stream, ours beside the SDK's limit and the official connector:
 * {@code ./hydrant bench source}. Prints the tables and writes the result page.
 */
@Command(
        name = "source",
        description =
                "Measures the Kinesis source beside a plain SDK loop and the official connector, prints the tables and writes the result page.")
public final class SourceBench implements Callable<Integer> {

    private static final List<Integer> SHARDS = List.of(1, 4, 64, 1000);

    /** What a stream takes in the server, which also answers a thousand readers at once. */
    private static final long SERVER_MIB = 8192;

    @Mixin private StreamArguments options;
    @Spec private CommandSpec spec;

    @Option(
            names = "--idle-shards",
            defaultValue = "64",
            paramLabel = "N",
            description =
                    "Shards of the stream at whose end readers are watched, 0 for none (default: ${DEFAULT-VALUE}).")
    private int idleShards;

    @Option(
            names = "--idle-seconds",
            defaultValue = "10",
            paramLabel = "N",
            description = "How long they are watched (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(
            names = "--profile",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether our source runs once more under a profiler (default: true).")
    private boolean profile;

    private final List<StreamResult> results = new ArrayList<>();
    private final List<IdleResult> idle = new ArrayList<>();
    private final List<CpuProfile> profiles = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        StreamConsole console = new StreamConsole(spec, options, StreamCase.Task.READ);
        if (console.listed()) {
            return CommandLine.ExitCode.OK;
        }
        console.validate();
        Path page = console.page("source.md");
        try (WorkFolder work = WorkFolder.of(options.work);
                StreamRuns runs = console.start(work.path(), SERVER_MIB)) {
            for (Load load : options.chosenLoads()) {
                for (int shards : options.shardsOr(SHARDS)) {
                    measure(runs, console, load, shards);
                }
                if (profile && console.cases().contains(StreamCase.READ_HYDRANT)) {
                    profile(runs, console, load, work.path());
                }
            }
            if (idleShards > 0) {
                for (StreamCase one : console.cases()) {
                    if (one != StreamCase.READ_SDK) {
                        console.say("%s at the end of %,d shards …", one.title(), idleShards);
                        idle.add(runs.idle(one, idleShards, idleSeconds));
                    }
                }
            }
        }
        StreamTables tables = new StreamTables(results);
        SourcePage written =
                new SourcePage(console.setup(), tables, idle, profiles, console.failures());
        console.write(page, written.markdown(), tables.all() + written.idleTable());
        return CommandLine.ExitCode.OK;
    }

    /** All readers on one stream, in turn. */
    private void measure(StreamRuns runs, StreamConsole console, Load load, int shards)
            throws IOException, InterruptedException {
        String stream = runs.fill(load, shards, options.records);
        for (int repeat = 1; repeat <= options.repeats; repeat++) {
            for (StreamCase one : console.cases()) {
                if (repeat <= options.repeats(one)) {
                    console.announce(repeat, one, load, shards);
                    results.addAll(
                            console.attempt(
                                    one, () -> runs.read(one, load, shards, stream, List.of())));
                }
            }
        }
        runs.delete(stream);
    }

    private void profile(StreamRuns runs, StreamConsole console, Load load, Path work)
            throws IOException, InterruptedException {
        List<Integer> all = options.shardsOr(SHARDS);
        int shards = all.get(Math.min(1, all.size() - 1));
        console.say("Profile: %s, %,d shards …", load.title(), shards);
        String stream = runs.fill(load, shards, options.records);
        Path recording = work.resolve(load.id() + ".jfr");
        runs.read(
                StreamCase.READ_HYDRANT,
                load,
                shards,
                stream,
                List.of(CpuProfile.jvmOption(recording)));
        runs.delete(stream);
        profiles.add(CpuProfile.read(load, recording));
    }
}
