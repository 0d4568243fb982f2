package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

/**
 * One run of one reader or writer.
 *
 * @param streamCase who read or wrote
 * @param load what the records were
 * @param shards of the stream
 * @param records user records of the run
 * @param measuredRecords those of them that came behind the warm-up
 * @param cpuSeconds processor time of its process for those
 * @param jvmSeconds the part of it that went into compiling bytecode and collecting garbage
 * @param wallSeconds time for those
 * @param wholeCpuSeconds processor time from the first call to the last record, warm-up included
 * @param firstRecordMillis from the start of the job to the first record, or -1
 * @param peakResidentBytes largest resident set, or -1
 * @param heapBytes heap in use after a collection at the end
 * @param calls GetRecords calls of a reader, PutRecords calls of a writer
 * @param serverCpuSeconds processor time of the server over the whole run
 */
public record StreamResult(
        StreamCase streamCase,
        Load load,
        int shards,
        long records,
        long measuredRecords,
        double cpuSeconds,
        double jvmSeconds,
        double wallSeconds,
        double wholeCpuSeconds,
        long firstRecordMillis,
        long peakResidentBytes,
        long heapBytes,
        long calls,
        double serverCpuSeconds) {

    /** Processor time in seconds per million user records, behind the warm-up. */
    public double cpuPerMillion() {
        return cpuSeconds * 1e6 / measuredRecords;
    }

    double jvmPerMillion() {
        return jvmSeconds * 1e6 / measuredRecords;
    }

    double wholeCpuPerMillion() {
        return wholeCpuSeconds * 1e6 / records;
    }

    double serverCpuPerMillion() {
        return serverCpuSeconds * 1e6 / records;
    }

    /** User records per second, behind the warm-up. */
    public double recordsPerSecond() {
        return measuredRecords / wallSeconds;
    }

    double megabytesPerSecond() {
        return recordsPerSecond() * load.recordBytes() / 1e6;
    }
}
