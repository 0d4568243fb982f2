package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

/**
 * One run of one case.
 *
 * @param benchCase the case
 * @param records flights delivered
 * @param measuredRecords those of them that the figures of time are about
 * @param cpuSeconds processor time of its process from first read, or from behind the warm-up, to
 *     last put
 * @param wallSeconds time of the same
 * @param jvmSeconds the part of it that went into compiling bytecode and collecting garbage
 * @param peakResidentBytes largest resident set, or -1
 * @param peakHeapBytes most heap in use behind a collection, or -1
 * @param objects objects written
 * @param inputBytes bytes before compression, newlines included
 * @param outputBytes bytes after compression
 */
public record CaseResult(
        BenchCase benchCase,
        long records,
        long measuredRecords,
        double cpuSeconds,
        double wallSeconds,
        double jvmSeconds,
        long peakResidentBytes,
        long peakHeapBytes,
        long objects,
        long inputBytes,
        long outputBytes) {

    double cpuPerMillion() {
        return cpuSeconds * 1e6 / measuredRecords;
    }

    double jvmPerMillion() {
        return jvmSeconds * 1e6 / measuredRecords;
    }

    double recordsPerSecond() {
        return measuredRecords / wallSeconds;
    }

    double ratio() {
        return (double) inputBytes / outputBytes;
    }
}
