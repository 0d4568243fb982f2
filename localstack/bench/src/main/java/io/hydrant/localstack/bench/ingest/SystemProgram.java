package io.hydrant.localstack.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code cat} and {@code wc} over a file, and the processor time that the shell tells of them. */
public final class SystemProgram {

    /** Their times are told in hundredths of a second, or a little finer. */
    private static final int TIMES = 5;

    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

    private SystemProgram() {}

    /**
     * One run of a program.
     *
     * @param cpuSeconds processor time for one pass over the file
     * @param wallSeconds the time that took
     */
    public record Times(double cpuSeconds, double wallSeconds) {}

    /**
     * Runs a program over a file a few times, one process for all.
     *
     * @throws IOException if there is no such program, or it fails
     */
    public static Times run(IngestCase program, Path file)
            throws IOException, InterruptedException {
        String command = program == IngestCase.CAT ? "cat" : "wc -l";
        String all = " \"$1\"".repeat(TIMES);
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "sh",
                                        "-c",
                                        command + all + " > /dev/null && times",
                                        "sh",
                                        file.toString()))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IOException(command + " failed: " + said.strip());
        }
        return new Times(children(said) / TIMES, wall / TIMES);
    }

    /** Of what {@code times} prints, the second line: user and system time of its children. */
    static double children(String times) throws IOException {
        List<String> lines = times.strip().lines().toList();
        Matcher time = TIME.matcher(lines.get(lines.size() - 1));
        double seconds = 0;
        int found = 0;
        while (time.find()) {
            seconds += 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2));
            found++;
        }
        if (lines.size() < 2 || found != 2) {
            throw new IOException("The shell's times are not understood: " + times);
        }
        return seconds;
    }
}
