package io.hydrant.launcher.verify;

import io.hydrant.kinesis.source.reader.ScanProgress;
import io.hydrant.kinesis.stream.Shard;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells the user, at most every other second, how far a verification has come. */
public final class ScanReporter implements ScanProgress {

    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private long last = System.nanoTime();

    /** A reporter that prints there. */
    public ScanReporter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void scanned(Shard shard, long records, long millisBehindLatest) {
        line(
                "verify: %s, %,d records, %,d s behind its newest",
                shard.id(), records, millisBehindLatest / 1000);
    }

    void ledgerRead(long ledgerObjects, long objects) {
        line("verify: ledger of %,d objects in %,d parts", objects, ledgerObjects);
    }

    void objectChecked(long checked, long all) {
        line("verify: %,d of %,d objects", checked, all);
    }

    private void line(String format, Object... arguments) {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            out.println(String.format(Locale.ROOT, format, arguments));
        }
    }
}
