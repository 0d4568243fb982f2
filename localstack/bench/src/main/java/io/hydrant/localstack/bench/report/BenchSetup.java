package io.hydrant.localstack.bench.report;

import java.time.Instant;

/**
 * What was run where, for the head of the page.
 *
 * @param machine where it ran
 * @param when when it began
 * @param records flights per run
 * @param repeats runs of each case
 * @param parallelism of the Flink cases
 * @param shards of the streams
 * @param jvmOptions options of each measured JVM
 */
public record BenchSetup(
        Machine machine,
        Instant when,
        long records,
        int repeats,
        int parallelism,
        int shards,
        String jvmOptions) {

    /** A sentence about it. */
    String environment() {
        return machine.environment(when, jvmOptions);
    }
}
