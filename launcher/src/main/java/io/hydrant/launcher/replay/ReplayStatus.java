package io.hydrant.launcher.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a replay has come.
 *
 * @param records records that the stream has taken
 * @param total how many there will be
 * @param bytes payloads and partition keys of those that were taken
 * @param elapsed since the start
 * @param lag by how much the replay is behind its pace; zero when it has none
 * @param eventTime when the record happened that is being given; null before the first
 * @param throttled how often a record was put again because a shard had too much to do
 */
public record ReplayStatus(
        long records,
        long total,
        long bytes,
        Duration elapsed,
        Duration lag,
        Instant eventTime,
        long throttled) {

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    /**
     * Bytes per second since the start.
     *
     * @return in megabytes (10^6 bytes)
     */
    public double megabytesPerSecond() {
        return bytes / BYTES_PER_MEGABYTE / seconds();
    }

    /**
     * Records per second since the start.
     *
     * @return the mean rate
     */
    public double recordsPerSecond() {
        return records / seconds();
    }

    private double seconds() {
        return Math.max(1, elapsed.toMillis()) / MILLIS_PER_SECOND;
    }

    /** One line for a person. */
    @Override
    public String toString() {
        String line =
                String.format(
                        Locale.ROOT,
                        "%,d of %,d records (%d %%), %,.0f records/s, %.2f MB/s",
                        records,
                        total,
                        total == 0 ? 100 : records * 100 / total,
                        recordsPerSecond(),
                        megabytesPerSecond());
        if (eventTime != null) {
            line += ", at " + eventTime;
        }
        if (lag.toSeconds() > 0) {
            line += ", " + lag.toSeconds() + " s behind";
        }
        return throttled == 0
                ? line
                : line + String.format(Locale.ROOT, ", %,d throttled", throttled);
    }
}
