package io.hydrant.localstack.bench.ingest;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;
import io.hydrant.localstack.bench.stream.Progress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a plain loop takes that makes an array of each line, as every tailer in Java has to. */
final class LineLoop {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Progress progress;
    private long lines;

    /** The line that was made last, so that none is made for nothing. */
    private volatile byte[] last;

    private LineLoop(Progress progress) {
        this.progress = progress;
    }

    static Measured run(IngestCaseSettings settings) throws IOException {
        LineLoop loop = new LineLoop(new Progress(settings.records()));
        long start = System.currentTimeMillis();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(settings.logs())) {
            for (Path file : files) {
                loop.read(file);
            }
        }
        return new Measured(
                start,
                start,
                loop.progress.warmMillis(),
                loop.progress.warmRecords(),
                System.currentTimeMillis(),
                loop.lines,
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                0);
    }

    private void read(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; ) {
                int limit = kept + read;
                int from = 0;
                for (int i = kept; i < limit; i++) {
                    if (buffer[i] == '\n') {
                        last = Arrays.copyOfRange(buffer, from, i + 1);
                        from = i + 1;
                        lines++;
                    }
                }
                progress.at(lines);
                kept = limit - from;
                System.arraycopy(buffer, from, buffer, 0, kept);
                read = in.read(buffer, kept, buffer.length - kept);
            }
        }
        if (last == null) {
            throw new IOException(file + " has no line");
        }
    }
}
