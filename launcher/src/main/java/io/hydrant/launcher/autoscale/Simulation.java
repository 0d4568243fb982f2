package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        Instant now = points.get(0).at();
        Instant lastChange = null;
        String lastAdvice = null;
        int point = 0;
        while (now.isBefore(trace.end())) {
            while (point + 1 < points.size() && !points.get(point + 1).at().isAfter(now)) {
                point++;
            }
            TrafficTrace.Point traffic = points.get(point);
            history.add(now, traffic.load());
            List<ShardLoad> loads = stream.loads(traffic.load(), traffic.hotKeyShare());
            account(traffic.load(), loads);
            int left = budget.left(now);
            ScalingStep step = judge.next(history, loads, left, lastChange, now);
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
            now = now.plus(TICK);
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

    private void account(Load load, List<ShardLoad> loads) {
        double seconds = TICK.toSeconds();
        mostShards = Math.max(mostShards, loads.size());
        shardHours += loads.size() * seconds / 3600;
        gigabytes += load.bytes() * seconds / (1 << 30);
        throttledGigabytes += SimulatedStream.throttled(loads) * seconds / (1 << 30);
        if (load.records() > 0) {
            double unit = 25 * 1024.0;
            putUnits +=
                    load.records()
                            * seconds
                            * Math.max(1, Math.ceil(load.bytes() / load.records() / unit));
        }
    }
}
