package io.hydrant.localstack.harness.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, for the error that says why something did not start. */
public final class LogTail {

    private static final int BYTES = 16 * 1024;
    private static final int LINES = 40;

    private LogTail() {}

    /**
     * Reads the end of a log.
     *
     * @param log the file; may be missing
     * @return its last 40 lines at most, or a word that there is none
     */
    public static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            String tail =
                    String.join(
                            "\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
            return tail.isBlank() ? "(" + log + " is empty)" : tail;
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
