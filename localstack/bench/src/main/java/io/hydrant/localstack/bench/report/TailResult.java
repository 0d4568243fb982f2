package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.ingest.IngestCase;

/**
 * One run over the lines of a file.
 *
 * @param ingestCase who read it
 * @param bytes that the times are for
 * @param lines that they are for
 * @param cpuSeconds processor time
 * @param jvmSeconds of it the JVM's compilers and collectors; 0 for what is no JVM
 * @param wallSeconds the time that it took
 * @param residentBytes largest resident set, negative where it is not known
 */
public record TailResult(
        IngestCase ingestCase,
        double bytes,
        long lines,
        double cpuSeconds,
        double jvmSeconds,
        double wallSeconds,
        long residentBytes) {

    private static final double MB = 1e6;

    /** Megabytes for each second of processor time. */
    public double megabytesPerCore() {
        return bytes / MB / cpuSeconds;
    }

    /** Megabytes a second. */
    public double megabytesPerSecond() {
        return bytes / MB / wallSeconds;
    }

    /** Lines for each second of processor time. */
    double linesPerCore() {
        return lines / cpuSeconds;
    }
}
