package io.hydrant.localstack.bench.measure;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a measured JVM reports of itself.
 *
 * @param cpu its processor time over the run
 * @param jvmCpu that of the JVM's compilers and collectors; part of the whole
 * @param peakResidentKiB largest resident set, or -1
 * @param peakHeapBytes most heap in use behind a collection, or -1 if there was none
 * @param measured what the case told
 */
public record CaseFigures(
        CpuSamples cpu,
        CpuSamples jvmCpu,
        long peakResidentKiB,
        long peakHeapBytes,
        Measured measured) {

    void write(Path file) throws IOException {
        Properties values = new Properties();
        values.setProperty("cpu", cpu.format());
        values.setProperty("jvm-cpu", jvmCpu.format());
        values.setProperty("peak-resident", Long.toString(peakResidentKiB));
        values.setProperty("peak-heap", Long.toString(peakHeapBytes));
        values.setProperty("start", Long.toString(measured.startMillis()));
        values.setProperty("first-read", Long.toString(measured.firstReadMillis()));
        values.setProperty("warm", Long.toString(measured.warmMillis()));
        values.setProperty("warm-records", Long.toString(measured.warmRecords()));
        values.setProperty("last-write", Long.toString(measured.lastWriteMillis()));
        values.setProperty("records", Long.toString(measured.records()));
        values.setProperty("heap", Long.toString(measured.heapBytes()));
        values.setProperty("checkpoint-bytes", Long.toString(measured.checkpointBytes()));
        values.setProperty("checkpoint-millis", Long.toString(measured.checkpointMillis()));
        values.setProperty("output-bytes", Long.toString(measured.outputBytes()));
        try (Writer out = Files.newBufferedWriter(file)) {
            values.store(out, null);
        }
    }

    /** Reads what {@link MeasuredRun} wrote. */
    public static CaseFigures read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
        }
        return new CaseFigures(
                CpuSamples.parse(values.getProperty("cpu")),
                CpuSamples.parse(values.getProperty("jvm-cpu")),
                number(values, "peak-resident"),
                number(values, "peak-heap"),
                new Measured(
                        number(values, "start"),
                        number(values, "first-read"),
                        number(values, "warm"),
                        number(values, "warm-records"),
                        number(values, "last-write"),
                        number(values, "records"),
                        number(values, "heap"),
                        number(values, "checkpoint-bytes"),
                        number(values, "checkpoint-millis"),
                        number(values, "output-bytes")));
    }

    private static long number(Properties values, String name) {
        return Long.parseLong(values.getProperty(name));
    }
}
