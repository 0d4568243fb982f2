package io.hydrant.localstack.bench.report;

import java.time.Instant;

/**
 * What was run where, for the head of a page about readers or writers.
 *
 * @param machine where it ran
 * @param when when it began
 * @param records user records per run
 * @param repeats runs of each case
 * @param rivalRepeats runs of the official connector
 * @param parallelism of the Flink jobs
 * @param jvmOptions options of each measured JVM
 */
public record StreamSetup(
        Machine machine,
        Instant when,
        long records,
        int repeats,
        int rivalRepeats,
        int parallelism,
        String jvmOptions) {

    /** Below this many records a run is mostly the warm-up of its JVM. */
    static final long LEAST_RECORDS = 1_000_000;

    boolean judges() {
        return records >= LEAST_RECORDS;
    }

    String tooShort() {
        return ResultTables.text(
                "No target of processor time is judged: %,d records are mostly the warm-up of the JVM, the targets are for %,d and more.",
                records, LEAST_RECORDS);
    }

    String environment() {
        return machine.environment(when, jvmOptions);
    }

    String repetitions() {
        return ResultTables.text(
                "Median of %d runs of each case, of %d of the official connector, which takes longest; least and greatest in brackets.",
                repeats, Math.min(repeats, rivalRepeats));
    }
}
