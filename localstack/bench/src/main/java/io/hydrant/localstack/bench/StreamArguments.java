package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.measure.NamedCase;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a user can choose on the command lines of {@link SourceBench} and {@link SinkBench}. */
final class StreamArguments {

    @Option(
            names = "--records",
            defaultValue = "2000000",
            paramLabel = "N",
            description =
                    "User records per run; the first third only warms the JVM up (default: ${DEFAULT-VALUE}).")
    long records;

    @Option(
            names = "--repeats",
            defaultValue = "2",
            paramLabel = "N",
            description = "Runs of each case, interleaved (default: ${DEFAULT-VALUE}).")
    int repeats;

    @Option(
            names = "--rival-repeats",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Runs of the official connector among them, which takes longest (default: ${DEFAULT-VALUE}).")
    int rivalRepeats;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "Cases to run, by name (default: all). --list-cases names them.")
    List<String> cases = List.of();

    @Option(names = "--list-cases", description = "Name the cases and the loads, and end.")
    boolean listCases;

    @Option(
            names = "--loads",
            split = ",",
            paramLabel = "LOAD",
            description = "Kinds of records, by name (default: all). --list-cases names them.")
    List<String> loads = List.of();

    @Option(
            names = "--shards",
            split = ",",
            paramLabel = "N",
            description = "Numbers of shards to run each case with.")
    List<Integer> shards = List.of();

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Parallel tasks of the Flink jobs (default: ${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
            names = "--jvm-options",
            defaultValue = "-Xmx1g -XX:+ExitOnOutOfMemoryError",
            paramLabel = "OPTIONS",
            description = "Options of each measured JVM (default: ${DEFAULT-VALUE}).")
    String jvmOptions;

    @Option(names = "--output", paramLabel = "FILE", description = "Result page.")
    Path output;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description =
                    "Folder for logs and checkpoints; kept. (default: a temporary one, deleted)")
    Path work;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say this and end.")
    boolean help;

    List<StreamCase> chosenCases(StreamCase.Task task) {
        return NamedCase.named(cases, StreamCase.of(task));
    }

    List<Load> chosenLoads() {
        return loads.isEmpty()
                ? Arrays.asList(Load.values())
                : loads.stream().map(Load::of).toList();
    }

    List<Integer> shardsOr(List<Integer> otherwise) {
        return shards.isEmpty() ? otherwise : shards;
    }

    /** Runs of a case. */
    int repeats(StreamCase streamCase) {
        return streamCase.isRival() ? Math.min(repeats, rivalRepeats) : repeats;
    }

    List<String> jvmOptionList() {
        return Arrays.stream(jvmOptions.split(" ", -1)).filter(one -> !one.isEmpty()).toList();
    }

    /**
     * Refuses what could not run.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    void validate() {
        Bounds.atLeast(1, "--repeats", repeats);
        Bounds.atLeast(1, "--rival-repeats", rivalRepeats);
        Bounds.atLeast(1, "--parallelism", parallelism);
        shards.forEach(one -> Bounds.atLeast(1, "--shards", one));
        for (Load load : Load.values()) {
            if (records < 1 || records % load.perKinesisRecord() != 0) {
                throw new IllegalArgumentException(
                        "--records must be a multiple of the "
                                + load.perKinesisRecord()
                                + " records of an aggregate, but is "
                                + records);
            }
        }
    }
}
