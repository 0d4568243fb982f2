package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Lets the judge run over a trace, minute by minute, with shards that are not there. */
final class Simulation {

    private static final Duration TICK = Duration.ofMinutes(1);

    private final ScalingJudge judge;
    private final SimulatedStream stream;
    private final UpdateBudget budget = new UpdateBudget();
    private final PeakHistory history = new PeakHistory();
    private final List<Event> events = new ArrayList<>();
    private double shardHours;
    private double gigabytes;
    private double throttledGigabytes;
    private double putUnits;
    private int mostShards;

    /** Something that changed. */
    record Event(Instant at, int before, int after, ScalingStep step) {}

    /**
     * What came of it.
     *
     * @param events every change, and every new piece of advice
     * @param shardHours what is charged for shards
     * @param putUnits what is charged for records
     * @param gigabytes what was written
     * @param throttledGigabytes what the shards would not have taken
     * @param mostShards most shards at a time
     * @param finalShards shards at the end
     */
    record Result(
            List<Event> events,
            double shardHours,
            double putUnits,
            double gigabytes,
            double throttledGigabytes,
            int mostShards,
            int finalShards) {}

    Simulation(ScalingRules rules, int shards) {
        judge = new ScalingJudge(rules);
        stream = new SimulatedStream(rules.clamp(shards));
    }

    Result run(TrafficTrace trace) {
        List<TrafficTrace.Point> points = trace.points();
        Instant end = trace.end();
        Instant now = points.get(0).at();
        Instant lastChange = null;
        String lastAdvice = null;
        int point = 0;
        while (now.isBefore(end)) {
            while (point + 1 < points.size() && !points.get(point + 1).at().isAfter(now)) {
                point++;
            }
            TickTraffic traffic = TickTraffic.of(trace, point, now, now.plus(TICK));
            history.add(now, traffic.load());
            List<ShardLoad> loads = stream.loads(traffic.load(), traffic.hotKeyShare());
            int left = budget.left(now);
            ScalingStep step = judge.next(history, loads, left, lastChange, now);
            long ticks =
                    step instanceof Stay ? 1 + sameTicks(now, trace.endOf(point), lastChange) : 1;
            account(traffic, ticks);
            int before = stream.size();
            stream.apply(step, left);
            if (step instanceof Resize) {
                budget.spent(now);
            }
            boolean isAdvice = step instanceof Stay && step.reason().contains("hot by one key");
            if (step instanceof Resize || step instanceof Split || step instanceof Merge) {
                lastChange = now;
                events.add(new Event(now, before, stream.size(), step));
            } else if (isAdvice && !step.reason().equals(lastAdvice)) {
                events.add(new Event(now, before, before, step));
            }
            lastAdvice = isAdvice ? step.reason() : null;
            now = now.plus(TICK.multipliedBy(ticks));
        }
        return new Result(
                List.copyOf(events),
                shardHours,
                putUnits,
                gigabytes,
                throttledGigabytes,
                mostShards,
                stream.size());
    }

    /**
     * Ticks behind this one, at which nothing was done, that cannot end otherwise: the traffic goes
     * on, no hour of the history begins, and no rule's time is over. A trace of years without them
     * would take as many judgements as it has minutes.
     */
    private long sameTicks(Instant now, Instant trafficEnds, Instant lastChange) {
        Instant until =
                Stream.of(
                                trafficEnds.minus(TICK).plusNanos(1),
                                now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS),
                                judge.nextByTime(history, lastChange, now),
                                budget.nextLeft(now))
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        // Those of now + TICK, now + 2 TICK, … that are before.
        long nanos = Duration.between(now, until).toNanos() - 1;
        return Math.max(0, nanos / TICK.toNanos());
    }

    private void account(TickTraffic traffic, long ticks) {
        mostShards = Math.max(mostShards, stream.size());
        for (TickTraffic.Part part : traffic.parts()) {
            Load load = part.point().load();
            double seconds = part.seconds() * ticks;
            shardHours += stream.size() * seconds / 3600;
            gigabytes += load.bytes() * seconds / (1 << 30);
            throttledGigabytes +=
                    SimulatedStream.throttled(stream.loads(load, part.point().hotKeyShare()))
                            * seconds
                            / (1 << 30);
            if (load.records() > 0) {
                double unit = 25 * 1024.0;
                putUnits +=
                        load.records()
                                * seconds
                                * Math.max(1, Math.ceil(load.bytes() / load.records() / unit));
            }
        }
    }
}
