package io.hydrant.launcher.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The traffic of one tick of a simulation, as it is measured: the average of all points that have a
 * part in it, for a trace may be finer than a tick.
 *
 * @param load on average
 * @param hotKeyShare on average, by what there was
 * @param parts the points, which the shards take or throttle one by one
 */
record TickTraffic(Load load, double hotKeyShare, List<Part> parts) {

    /** A point, and for how long it counts in the tick. */
    record Part(TrafficTrace.Point point, double seconds) {}

    /** The traffic from a time on, at which a point counts, to another or the end of the trace. */
    static TickTraffic of(TrafficTrace trace, int first, Instant from, Instant to) {
        List<Part> parts = new ArrayList<>();
        Load sum = Load.NONE;
        double seconds = 0;
        double hot = 0;
        double weights = 0;
        Instant begin = from;
        for (int i = first; i < trace.points().size() && begin.isBefore(to); i++) {
            TrafficTrace.Point point = trace.points().get(i);
            Instant end = trace.endOf(i).isBefore(to) ? trace.endOf(i) : to;
            double length = Duration.between(begin, end).toNanos() / 1e9;
            parts.add(new Part(point, length));
            seconds += length;
            sum = sum.plus(point.load().times(length));
            double weight = point.load().shards() * length;
            hot += point.hotKeyShare() * weight;
            weights += weight;
            begin = end;
        }
        if (parts.size() == 1) {
            // Without what dividing would round off.
            TrafficTrace.Point only = parts.get(0).point();
            return new TickTraffic(only.load(), only.hotKeyShare(), parts);
        }
        return new TickTraffic(sum.times(1 / seconds), weights > 0 ? hot / weights : 0, parts);
    }
}
