package io.hydrant.localstack.bench.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Lines of an access log, in the common format of Apache's server: the same ones each time. */
public final class LogLines {

    /** How many there are before they begin anew. */
    public static final int DISTINCT = 10_000;

    /** At the beginning of each line, for those that look for one. */
    static final String START = "^\\d+\\.";

    private static final byte[] BLOCK = block();

    private LogLines() {}

    /** Bytes of all that are distinct. */
    public static long blockBytes() {
        return BLOCK.length;
    }

    /** Writes so many times all distinct lines to a file. */
    public static void write(Path file, long blocks) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long i = 0; i < blocks; i++) {
                out.write(BLOCK);
            }
        }
    }

    /**
     * Writes files of so many lines each, the first of which no other file has.
     *
     * @return bytes of all
     */
    public static long writeMany(Path folder, int files, int lines) throws IOException {
        int end = 0;
        for (int i = 1; i < lines; i++) {
            end = endOfLine(end);
        }
        long bytes = 0;
        for (int i = 0; i < files; i++) {
            byte[] first =
                    String.format(Locale.ROOT, "0.0.0.0 - - file %07d begins\n", i)
                            .getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out =
                    Files.newOutputStream(
                            folder.resolve(String.format(Locale.ROOT, "file-%07d.log", i)))) {
                out.write(first);
                out.write(BLOCK, 0, end);
            }
            bytes += first.length + end;
        }
        return bytes;
    }

    private static int endOfLine(int from) {
        int at = from;
        while (BLOCK[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static byte[] block() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DISTINCT; i++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "10.%d.%d.%d - - [22/Nov/2026:11:%02d:%02d +0000] \"GET /shop/%06d/item?from=%08x HTTP/1.1\" 200 %d\n",
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(60),
                            random.nextInt(60),
                            random.nextInt(1_000_000),
                            random.nextInt(),
                            random.nextInt(100_000)));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
