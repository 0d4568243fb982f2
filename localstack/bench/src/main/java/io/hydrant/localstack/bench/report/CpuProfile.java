package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.Load;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/**
 * Where a process spent its time, as far as samples of its Java stacks tell.
 *
 * @param load what it read
 * @param samples samples by package
 */
public record CpuProfile(Load load, Map<String, Long> samples) {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final int SHOWN = 10;

    /** Packages that belong to one library are one line. */
    private static final int PARTS = 4;

    /** Options of a JVM that records itself to a file. */
    public static String jvmOption(Path file) {
        return "-XX:StartFlightRecording=settings=profile,filename=" + file;
    }

    /** Reads the recording of a process that has ended. */
    public static CpuProfile read(Load load, Path file) throws IOException {
        Map<String, Long> samples = new HashMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null
                        && !event.getStackTrace().getFrames().isEmpty()) {
                    RecordedFrame top = event.getStackTrace().getFrames().get(0);
                    samples.merge(library(top.getMethod()), 1L, Long::sum);
                }
            }
        }
        return new CpuProfile(load, samples);
    }

    String markdown() {
        long all = samples.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder table =
                new StringBuilder(
                        text(
                                "| package, %s | share of %,d samples |%n| --- | --- |%n",
                                load.title(), all));
        samples.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .forEach(
                        one ->
                                table.append(
                                        text(
                                                "| `%s` | %.0f %% |%n",
                                                one.getKey(), 100.0 * one.getValue() / all)));
        return table.toString();
    }

    private static String library(RecordedMethod method) {
        String[] parts = method.getType().getName().split("\\.", -1);
        return String.join(".", Arrays.copyOf(parts, Math.min(PARTS, parts.length - 1)));
    }
}
