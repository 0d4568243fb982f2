package io.hydrant.localstack.bench.ingest;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/**
 * What clients found that put records.
 *
 * @param warmMillis when a third of the records was put, which warms everybody up
 * @param warmRecords how many that were
 * @param endMillis when the last one of those was put that go as fast as they go
 * @param records records put in all, those at an even pace included
 * @param clientSeconds processor time of the clients' process from warm to end
 * @param fastP99Millis time that 99 of 100 answers did not pass while records went as fast as they
 *     go
 * @param evenMedianMillis time of the median answer at an even pace, negative where that was not
 *     asked
 * @param evenP99Millis time that 99 of 100 answers did not pass at an even pace
 */
public record PutFigures(
        long warmMillis,
        long warmRecords,
        long endMillis,
        long records,
        double clientSeconds,
        double fastP99Millis,
        double evenMedianMillis,
        double evenP99Millis) {

    private static final double NANOS = 1e6;

    void write(Path file) throws IOException {
        Properties values = new Properties();
        values.setProperty("warm", Long.toString(warmMillis));
        values.setProperty("warm-records", Long.toString(warmRecords));
        values.setProperty("end", Long.toString(endMillis));
        values.setProperty("records", Long.toString(records));
        values.setProperty("client-seconds", Double.toString(clientSeconds));
        values.setProperty("fast-p99", Double.toString(fastP99Millis));
        values.setProperty("even-median", Double.toString(evenMedianMillis));
        values.setProperty("even-p99", Double.toString(evenP99Millis));
        try (Writer out = Files.newBufferedWriter(file)) {
            values.store(out, null);
        }
    }

    /** Reads what the clients' process wrote. */
    public static PutFigures read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
        }
        return new PutFigures(
                Long.parseLong(values.getProperty("warm")),
                Long.parseLong(values.getProperty("warm-records")),
                Long.parseLong(values.getProperty("end")),
                Long.parseLong(values.getProperty("records")),
                Double.parseDouble(values.getProperty("client-seconds")),
                Double.parseDouble(values.getProperty("fast-p99")),
                Double.parseDouble(values.getProperty("even-median")),
                Double.parseDouble(values.getProperty("even-p99")));
    }

    /** The time that this share of all did not pass, in milliseconds; negative for none at all. */
    static double quantile(long[] nanos, double share) {
        if (nanos.length == 0) {
            return -1;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)] / NANOS;
    }
}
