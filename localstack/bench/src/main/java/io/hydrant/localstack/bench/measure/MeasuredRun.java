package io.hydrant.localstack.bench.measure;

import java.io.IOException;
import java.nio.file.Path;

/** What every measured JVM does around its case: keeps the meters, writes the figures, ends. */
public final class MeasuredRun {

    private MeasuredRun() {}

    /** A case to measure. */
    @FunctionalInterface
    public interface Case {
        /** Runs it to its end. */
        Measured run() throws Exception;
    }

    /** Runs a case under the meters and ends the JVM. */
    public static void runAndExit(Path figures, Case measuredCase) throws Exception {
        measure(figures, measuredCase);
        // Flink and the SDK leave threads behind that are no daemons.
        System.exit(0);
    }

    /** Runs a case under the meters and writes its {@link CaseFigures}. */
    static void measure(Path figures, Case measuredCase) throws Exception {
        try (ProcessMeter meter = ProcessMeter.start()) {
            Measured measured = measuredCase.run();
            meter.stop();
            write(figures, meter, measured);
        }
    }

    private static void write(Path figures, ProcessMeter meter, Measured measured)
            throws IOException {
        new CaseFigures(
                        meter.process(),
                        meter.jvm(),
                        ProcessMeter.peakResidentKiB(),
                        meter.peakHeapBytes(),
                        measured)
                .write(figures);
    }
}
