package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

/**
 * One run of one case.
 *
 * @param benchCase the case
 * @param records flights delivered
 * @param cpuSeconds processor time of its process from first read to last put
 * @param wallSeconds time from first read to last put
 * @param jvmSeconds the part of it that went into compiling bytecode and collecting garbage
 * @param peakResidentBytes largest resident set, or -1
 * @param objects objects written
 * @param inputBytes bytes before compression, newlines included
 * @param outputBytes bytes after compression
 */
public record CaseResult(
        BenchCase benchCase,
        long records,
        double cpuSeconds,
        double wallSeconds,
        double jvmSeconds,
        long peakResidentBytes,
        long objects,
        long inputBytes,
        long outputBytes) {

    double cpuPerMillion() {
        return cpuSeconds * 1e6 / records;
    }

    double jvmPerMillion() {
        return jvmSeconds * 1e6 / records;
    }

    double recordsPerSecond() {
        return records / wallSeconds;
    }

    double ratio() {
        return (double) inputBytes / outputBytes;
    }
}
