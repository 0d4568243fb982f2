package io.hydrant.launcher.redrive;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Tells the user, at most every other second, how far a redrive has come. Thread-safe. */
final class RedriveProgress {

    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private final LongSupplier nanos;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong last;
    private volatile long all;

    /**
     * A progress.
     *
     * @param nanos the time, as of {@link System#nanoTime()}
     */
    RedriveProgress(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong());
    }

    /** So many error objects there are. */
    void found(long objects) {
        all = objects;
    }

    /** A record was read; of a large object there may be many before it is through. */
    void read() {
        records.incrementAndGet();
        tell();
    }

    /** An error object is through. */
    void through() {
        done.incrementAndGet();
        tell();
    }

    private void tell() {
        long now = nanos.getAsLong();
        long before = last.get();
        if (now - before >= EVERY_NANOS && last.compareAndSet(before, now)) {
            out.print(
                    String.format(
                            Locale.ROOT,
                            "redrive: %,d of %,d error objects, %,d records%n",
                            done.get(),
                            all,
                            records.get()));
            out.flush();
        }
    }
}
