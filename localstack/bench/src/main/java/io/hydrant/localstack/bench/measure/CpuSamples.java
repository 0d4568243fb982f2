package io.hydrant.localstack.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * How much processor time a process had used at some moments; between them it is interpolated.
 *
 * <p>First read and last put are known to the fakes, in another process, by the clock. So the
 * measured process only keeps this curve, and needs no hook in what it measures.
 */
public final class CpuSamples {

    private final List<long[]> samples = new ArrayList<>();

    /** Adds a moment, in milliseconds since the epoch, later than all before, and its reading. */
    public void add(long millis, long cpuNanos) {
        samples.add(new long[] {millis, cpuNanos});
    }

    /** Processor time used from one moment to another, in seconds. */
    public double secondsBetween(long fromMillis, long toMillis) {
        return (nanosAt(toMillis) - nanosAt(fromMillis)) / 1e9;
    }

    private double nanosAt(long millis) {
        long[] before = samples.get(0);
        if (millis <= before[0]) {
            return before[1];
        }
        for (long[] after : samples) {
            if (after[0] >= millis && after[0] > before[0]) {
                double share = (millis - before[0]) / (double) (after[0] - before[0]);
                return before[1] + share * (after[1] - before[1]);
            }
            before = after;
        }
        return before[1];
    }

    /** The curve as one line of text. */
    public String format() {
        StringBuilder text = new StringBuilder();
        for (long[] sample : samples) {
            text.append(sample[0]).append(':').append(sample[1]).append(' ');
        }
        return text.toString().trim();
    }

    /** The curve that {@link #format} wrote. */
    public static CpuSamples parse(String text) {
        CpuSamples parsed = new CpuSamples();
        for (String sample : text.split(" ", -1)) {
            int colon = sample.indexOf(':');
            parsed.add(
                    Long.parseLong(sample.substring(0, colon)),
                    Long.parseLong(sample.substring(colon + 1)));
        }
        return parsed;
    }
}
