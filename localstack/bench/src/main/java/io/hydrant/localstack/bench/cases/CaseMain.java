package io.hydrant.localstack.bench.cases;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;

/** The measured process: runs one case and writes its {@link CaseFigures}. */
public final class CaseMain {

    private CaseMain() {}

    /** Runs the case that the arguments describe ({@link CaseSettings}). */
    public static void main(String[] arguments) throws Exception {
        CaseSettings settings = CaseSettings.parse(arguments);
        FlightLines lines =
                settings.benchCase().input() == BenchCase.Input.LINES
                        ? FlightLines.read(settings.lines())
                        : null;
        MeasuredRun.runAndExit(settings.figures(), () -> run(settings, lines));
    }

    private static Measured run(CaseSettings settings, FlightLines lines) throws Exception {
        return switch (settings.benchCase()) {
            case RAW_GZIP, RAW_GZIP_10, RAW_FAST, RAW_ZSTD, RAW_ZSTD_RECORDS ->
                    RawCodecCase.run(settings, lines);
            case RAW_PARQUET -> RawParquetCase.run(settings, lines);
            case BARE_LOOP -> BareLoopCase.run(settings);
            case FILE_SINK,
                    FILE_SINK_KPL,
                    FILE_SINK_MEMORY,
                    FILE_SINK_10,
                    FILE_SINK_1000,
                    FILE_SINK_PARQUET ->
                    FileSinkCase.run(settings, lines);
            case MEMORY,
                    MEMORY_FAST,
                    KINESIS,
                    KINESIS_FAST,
                    KPL,
                    KPL_FAST,
                    MEMORY_ZSTD,
                    MEMORY_ZSTD_64,
                    TRANSFORM,
                    SELECT,
                    PARTITIONED_10,
                    PARTITIONED_1000,
                    PARTITIONED_50000,
                    PARQUET,
                    FRESHNESS ->
                    CorridorCase.run(settings, lines);
        };
    }
}
