package io.hydrant.launcher.demo;

import io.hydrant.launcher.replay.ReplayPace;
import io.hydrant.launcher.replay.ReplayRecord;
import io.hydrant.launcher.replay.ReplayStatus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A log of flights, one on a line, that grows like that of a server and is rotated like one: by
 * rename and by copy and truncation, in turn.
 */
final class FlightLog {

    private static final String NAME = "flights.log";

    private static final int LINES_AT_A_TIME = 50;
    private static final int LINES_PER_FILE = 5_000;

    private final Path folder;
    private final ReplayPace pace;
    private final Consumer<String> rotated;

    /**
     * A log.
     *
     * @param pace when each flight is due; those that are go together
     * @param rotated told of every rotation, in words
     */
    FlightLog(Path folder, ReplayPace pace, Consumer<String> rotated) {
        this.folder = folder;
        this.pace = pace;
        this.rotated = rotated;
    }

    /** What the agent calls {@code filePattern}. */
    String pattern() {
        return folder.resolve(NAME) + "*";
    }

    /** Writes all flights, and tells how far it is, once a second or so. */
    ReplayStatus write(Iterator<ReplayRecord> flights, long total, Consumer<ReplayStatus> listener)
            throws IOException, InterruptedException {
        Path log = folder.resolve(NAME);
        long begun = System.nanoTime();
        long told = begun;
        long lines = 0;
        long bytes = 0;
        Instant last = null;
        while (flights.hasNext()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < LINES_AT_A_TIME && flights.hasNext(); i++) {
                ReplayRecord flight = flights.next();
                last = flight.eventTime();
                text.append(new String(flight.data(), StandardCharsets.UTF_8)).append('\n');
                lines++;
            }
            // Returns at once when the time is over.
            TimeUnit.NANOSECONDS.sleep(
                    pace.dueNanos(lines, last, last) - (System.nanoTime() - begun));
            Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            bytes += text.length();
            if (lines % LINES_PER_FILE == 0) {
                rotate(log, (int) (lines / LINES_PER_FILE));
            }
            if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(1)) {
                told = System.nanoTime();
                listener.accept(status(lines, total, bytes, begun, last));
            }
        }
        ReplayStatus end = status(lines, total, bytes, begun, last);
        listener.accept(end);
        return end;
    }

    private void rotate(Path log, int number) throws IOException {
        Path old = log.resolveSibling(NAME + "." + number);
        if (number % 2 == 0) {
            Files.move(log, old);
        } else {
            Files.copy(log, old);
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }
        rotated.accept(
                number % 2 == 0
                        ? "rotated by rename: " + log + " -> " + old
                        : "rotated by copy and truncation: " + log + " -> " + old);
    }

    private static ReplayStatus status(
            long lines, long total, long bytes, long begun, Instant last) {
        return new ReplayStatus(
                lines,
                total,
                bytes,
                Duration.ofNanos(System.nanoTime() - begun),
                Duration.ZERO,
                last,
                0);
    }
}
