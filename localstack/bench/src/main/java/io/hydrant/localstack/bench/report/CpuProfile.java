package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.Load;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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

    /** Packages with so many parts in common are one line. */
    private static final int PARTS = 5;

    private static final String PLATFORM = "JDK alone";

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
                        && event.getStackTrace() != null) {
                    samples.merge(caller(event.getStackTrace().getFrames()), 1L, Long::sum);
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

    /** The package that does the work, or has the JDK do it. */
    private static String caller(List<RecordedFrame> stack) {
        return stack.stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(type -> !isPlatform(type))
                .map(CpuProfile::library)
                .findFirst()
                .orElse(PLATFORM);
    }

    static boolean isPlatform(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    static String library(String type) {
        String[] parts = type.split("\\.", -1);
        return String.join(".", Arrays.copyOf(parts, Math.min(PARTS, parts.length - 1)));
    }
}
