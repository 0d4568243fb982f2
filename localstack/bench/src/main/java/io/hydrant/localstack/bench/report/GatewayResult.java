package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.ingest.PutFigures;
import io.hydrant.localstack.bench.stream.Load;

/**
 * One run of clients that put.
 *
 * @param ingestCase what they put to
 * @param load what they put
 * @param records that the times are for
 * @param cpuSeconds processor time of the gateway, or of the clients where there is none
 * @param jvmSeconds of it the JVM's compilers and collectors
 * @param wallSeconds the time that it took
 * @param residentBytes largest resident set of that process, negative where it is not known
 * @param serverSeconds processor time of the fake Kinesis over the whole run
 * @param puts what the clients found
 */
public record GatewayResult(
        IngestCase ingestCase,
        Load load,
        long records,
        double cpuSeconds,
        double jvmSeconds,
        double wallSeconds,
        long residentBytes,
        double serverSeconds,
        PutFigures puts) {

    private static final double MB = 1e6;

    /** Records for each second of processor time. */
    public double recordsPerCore() {
        return records / cpuSeconds;
    }

    /** Records a second. */
    public double recordsPerSecond() {
        return records / wallSeconds;
    }

    /** Megabytes of data for each second of processor time. */
    double megabytesPerCore() {
        return recordsPerCore() * load.recordBytes() / MB;
    }
}
