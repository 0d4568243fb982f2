package io.hydrant.jobs.ingest.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Where reading of a file begins: at its beginning, or behind the last line that was whole when it
 * was found.
 *
 * <p>Source: Kinesis Agent's {@code initialPosition}, and its behaviour: header lines that a file
 * has not yet are left out first, wherever reading begins.
 */
final class StartPosition {

    private StartPosition() {}

    static TrackedFile of(
            ListedFile file, FileChannel channel, int generation, TailConfig config, boolean atEnd)
            throws IOException {
        long start = atEnd ? end(channel, config) : 0;
        int anchor = (int) Math.min(FileMark.ANCHOR, start);
        return new TrackedFile(
                file.key(),
                file.name(),
                generation,
                null,
                start,
                start,
                0,
                start == 0 ? config.headerLines() : 0,
                false,
                false,
                -1,
                new FileMark(0, WatchedDirectory.read(channel, 0, FileMark.HEAD)),
                FileMark.NONE,
                new FileMark(
                        start - anchor, WatchedDirectory.read(channel, start - anchor, anchor)));
    }

    private static long end(FileChannel channel, TailConfig config) throws IOException {
        long size = channel.size();
        if (!hasHeader(channel, config)) {
            return 0;
        }
        long from = Math.max(0, size - config.bufferBytes());
        byte[] last = WatchedDirectory.read(channel, from, (int) (size - from));
        for (int i = last.length; i > 0; i--) {
            if (last[i - 1] == '\n') {
                return from + i;
            }
        }
        return from;
    }

    private static boolean hasHeader(FileChannel channel, TailConfig config) throws IOException {
        int lines = config.headerLines();
        byte[] bytes = new byte[Math.min(config.bufferBytes(), 64 * 1024)];
        long at = 0;
        while (lines > 0) {
            int read = WatchedDirectory.read(channel, at, bytes, bytes.length);
            if (read == 0) {
                return false;
            }
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    lines--;
                }
            }
            at += read;
        }
        return true;
    }
}
