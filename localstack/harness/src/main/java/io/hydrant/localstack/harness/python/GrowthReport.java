package io.hydrant.localstack.harness.python;

import io.hydrant.localstack.harness.Progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Stream;

/**
 * Says every few seconds how much a folder holds, while pip loads into it without a word.
 *
 * <p>Progress bars of pip are for terminals alone, or, as lines, for its newest releases alone.
 */
final class GrowthReport implements AutoCloseable {

    private static final long PERIOD_MILLIS = 5_000;
    private static final long MEGABYTE = 1_000_000;

    private final Path folder;
    private final String what;
    private final Progress progress;
    private final Timer timer = new Timer("download progress", true);
    private long said;

    private GrowthReport(Path folder, String what, Progress progress) {
        this.folder = folder;
        this.what = what;
        this.progress = progress;
    }

    static GrowthReport start(Path folder, String what, Progress progress) {
        GrowthReport report = new GrowthReport(folder, what, progress);
        report.timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        report.say();
                    }
                },
                PERIOD_MILLIS,
                PERIOD_MILLIS);
        return report;
    }

    /** Says the size if it grew by a megabyte since it was last said. */
    void say() {
        long megabytes = size() / MEGABYTE;
        if (megabytes > said) {
            said = megabytes;
            progress.say(what + ": " + megabytes + " MB so far");
        }
    }

    private long size() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(GrowthReport::sizeOf).sum();
        } catch (IOException | UncheckedIOException movedMeanwhile) {
            return 0;
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
