package io.hydrant.localstack.bench.cases;

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
 * @param firstReadMillis when it took the first record, where it knows; else 0
 * @param lastWriteMillis when it was done with the last one, where it knows; else 0
 * @param peakResidentKiB largest resident set, or -1
 * @param heapBytes heap in use after a collection, with what it held at that moment
 * @param checkpointBytes size of the last checkpoint, 0 without checkpoints
 * @param checkpointMillis how long the last checkpoint took
 * @param outputBytes bytes after compression, where the case counts them; else 0
 */
public record CaseFigures(
        CpuSamples cpu,
        CpuSamples jvmCpu,
        long firstReadMillis,
        long lastWriteMillis,
        long peakResidentKiB,
        long heapBytes,
        long checkpointBytes,
        long checkpointMillis,
        long outputBytes) {

    void write(Path file) throws IOException {
        Properties values = new Properties();
        values.setProperty("cpu", cpu.format());
        values.setProperty("jvm-cpu", jvmCpu.format());
        values.setProperty("first-read", Long.toString(firstReadMillis));
        values.setProperty("last-write", Long.toString(lastWriteMillis));
        values.setProperty("peak-resident", Long.toString(peakResidentKiB));
        values.setProperty("heap", Long.toString(heapBytes));
        values.setProperty("checkpoint-bytes", Long.toString(checkpointBytes));
        values.setProperty("checkpoint-millis", Long.toString(checkpointMillis));
        values.setProperty("output-bytes", Long.toString(outputBytes));
        try (Writer out = Files.newBufferedWriter(file)) {
            values.store(out, null);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static CaseFigures read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
        }
        return new CaseFigures(
                CpuSamples.parse(values.getProperty("cpu")),
                CpuSamples.parse(values.getProperty("jvm-cpu")),
                number(values, "first-read"),
                number(values, "last-write"),
                number(values, "peak-resident"),
                number(values, "heap"),
                number(values, "checkpoint-bytes"),
                number(values, "checkpoint-millis"),
                number(values, "output-bytes"));
    }

    private static long number(Properties values, String name) {
        return Long.parseLong(values.getProperty(name));
    }
}
