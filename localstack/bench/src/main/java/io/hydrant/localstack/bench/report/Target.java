package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** What a case may take: processor time in seconds per million records, and memory. */
enum Target {
    MEMORY(BenchCase.MEMORY, 10),
    MEMORY_FAST(BenchCase.MEMORY_FAST, 4),
    KINESIS(BenchCase.KINESIS, 11),
    KINESIS_FAST(BenchCase.KINESIS_FAST, 6),
    KPL(BenchCase.KPL, 11),
    KPL_FAST(BenchCase.KPL_FAST, 6);

    /** Below this many records a run is mostly the warm-up of its JVM. */
    static final long LEAST_RECORDS = 1_000_000;

    static final double MOST_RESIDENT_BYTES = 1024 * ResultTables.MIB;

    private final BenchCase benchCase;
    private final double seconds;

    Target(BenchCase benchCase, double seconds) {
        this.benchCase = benchCase;
        this.seconds = seconds;
    }

    BenchCase benchCase() {
        return benchCase;
    }

    /**
     * One sentence.
     *
     * @param measured seconds per million records
     * @param residentBytes largest resident set, negative where the system does not tell
     */
    String verdict(double measured, double residentBytes) {
        return text(
                "Target of the %s: at most %.0f CPU s per million; measured %.1f: %s. %s",
                benchCase.title(),
                seconds,
                measured,
                measured <= seconds ? "met" : "missed",
                residentVerdict(residentBytes));
    }

    private static String residentVerdict(double bytes) {
        return bytes < 0
                ? "Its resident set is not known here."
                : text(
                        "Resident at most %.0f MB; measured %.0f: %s.",
                        MOST_RESIDENT_BYTES / ResultTables.MIB,
                        bytes / ResultTables.MIB,
                        bytes <= MOST_RESIDENT_BYTES ? "met" : "missed");
    }
}
