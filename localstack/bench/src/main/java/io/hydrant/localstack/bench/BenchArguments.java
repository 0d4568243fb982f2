package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.BenchCase;
import io.hydrant.localstack.bench.cases.Suite;
import io.hydrant.localstack.bench.measure.NamedCase;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a user can choose on the command line of {@link CorridorBench} and {@link DeliveryBench}.
 */
final class BenchArguments {

    @Option(
            names = "--records",
            defaultValue = "2000000",
            paramLabel = "N",
            description = "Flights per run (default: ${DEFAULT-VALUE}).")
    long records;

    @Option(
            names = "--repeats",
            defaultValue = "3",
            paramLabel = "N",
            description = "Runs of each case, interleaved (default: ${DEFAULT-VALUE}).")
    int repeats;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "Cases to run, by name (default: all). --list-cases names them.")
    List<String> cases = List.of();

    @Option(names = "--list-cases", description = "Name the cases and end.")
    boolean listCases;

    @Option(
            names = "--open-objects",
            split = ",",
            paramLabel = "N",
            description =
                    "Numbers of open objects to measure state for, 0 for none (default: 1,100,2000 for corridor, 50000 for delivery).")
    List<Integer> openObjects;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Parallel tasks of the Flink cases (default: ${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
            names = "--shards",
            defaultValue = "4",
            paramLabel = "N",
            description = "Shards of the streams (default: ${DEFAULT-VALUE}).")
    int shards;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            description =
                    "Options of each measured JVM (default: -Xmx640m for corridor, -Xms1500m -Xmx1500m for delivery).")
    String jvmOptions;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Result page (default: corridor.md or delivery.md in localstack/bench/results).")
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

    /** Puts in what the user left to the suite. */
    void complete(Suite suite) {
        if (openObjects == null) {
            openObjects = suite.openObjects();
        }
        if (jvmOptions == null) {
            jvmOptions = suite.jvmOptions();
        }
    }

    List<BenchCase> chosenCases(Suite suite) {
        return NamedCase.named(cases, suite.cases());
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
        Bounds.atLeast(1, "--records", records);
        Bounds.atLeast(1, "--repeats", repeats);
        Bounds.atLeast(1, "--parallelism", parallelism);
        Bounds.atLeast(1, "--shards", shards);
        for (int open : openObjects) {
            Bounds.atLeast(0, "--open-objects", open);
        }
    }
}
