package io.hydrant.launcher.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The highest loads of the last 30 days, hour by hour; never more than 721 numbers.
 *
 * <p>Source: Kinesis developer guide, "Choose the right mode": on-demand mode keeps room for twice
 * the peak of the last 30 days.
 */
final class PeakHistory {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final long HOUR = 3600;

    private final TreeMap<Long, Load> byHour = new TreeMap<>();

    /** Of all hours; null where one is forgotten that may have had it. */
    private Load peak = Load.NONE;

    /** Takes note of a load. */
    void add(Instant at, Load load) {
        long hour = Math.floorDiv(at.getEpochSecond(), HOUR);
        byHour.merge(hour, load, Load::max);
        peak = peak == null ? null : peak.max(load);
        Map<Long, Load> old = byHour.headMap(hour - KEPT.toSeconds() / HOUR);
        if (!old.isEmpty()) {
            old.clear();
            peak = null;
        }
    }

    /** The greatest bytes and the greatest records of all that is kept. */
    Load peak() {
        if (peak == null) {
            peak = byHour.values().stream().reduce(Load.NONE, Load::max);
        }
        return peak;
    }

    /** Since when loads are known; null where none is. */
    Instant since() {
        return byHour.isEmpty() ? null : Instant.ofEpochSecond(byHour.firstKey() * HOUR);
    }

    /** The peak of each hour that is kept, by its beginning. */
    Map<Instant, Load> hours() {
        Map<Instant, Load> hours = new TreeMap<>();
        byHour.forEach((hour, load) -> hours.put(Instant.ofEpochSecond(hour * HOUR), load));
        return hours;
    }
}
