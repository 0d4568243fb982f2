package io.hydrant.launcher.redrive;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells the user, at most every other second, how far a redrive has come. Thread-safe. */
final class RedriveProgress {

    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private long last = System.nanoTime();

    RedriveProgress(PrintWriter out) {
        this.out = out;
    }

    synchronized void redriven(long done, long all, long records) {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            out.printf(
                    Locale.ROOT,
                    "redrive: %,d of %,d error objects, %,d records%n",
                    done,
                    all,
                    records);
            out.flush();
        }
    }
}
