package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Decides as on-demand mode does: room for twice the peak of the last 30 days, a shard above 500
 * KB/s, and above the others, is split, one hot key is not; and never beyond what UpdateShardCount
 * takes. Fewer shards come slowly: when the traffic of a day is known, a quarter of an hour after
 * the last change, and with calls kept back for growth.
 *
 * <p>Source: Kinesis developer guide, "Choose the right mode" (on-demand), and API reference,
 * UpdateShardCount. Pure: everything that counts is an argument.
 */
final class ScalingJudge {

    private static final double HEADROOM = 2;
    private static final Load HOT = new Load(500 * 1024.0, 500);

    /** Shards that are hot all alike are too few, which is the peak's to say. */
    private static final double UNEVEN = 1.25;

    private static final Load COLD_PAIR = new Load(125 * 1024.0, 125);
    private static final Duration QUIET = Duration.ofMinutes(15);

    /** Who has looked for less than a day does not know the traffic. */
    private static final Duration KNOWN = Duration.ofDays(1);

    /** Calls of UpdateShardCount that are never spent on fewer shards. */
    private static final int KEPT_FOR_GROWTH = 5;

    private final ScalingRules rules;

    ScalingJudge(ScalingRules rules) {
        this.rules = rules;
    }

    /** Shards that a peak of 30 days takes. */
    int needed(Load peak) {
        return rules.clamp(peak.times(HEADROOM).shards());
    }

    /**
     * The next step; one at a time, since a stream that is being changed takes no other.
     *
     * @param history loads of the last 30 days, this while included
     * @param shards the open shards and what each takes now, in the order of their hash keys
     * @param updatesLeft calls of UpdateShardCount that are left in these 24 hours
     * @param lastChange when shards were last changed, or null
     */
    ScalingStep next(
            PeakHistory history,
            List<ShardLoad> shards,
            int updatesLeft,
            Instant lastChange,
            Instant now) {
        Load peak = history.peak();
        int open = shards.size();
        int needed = needed(peak);
        if (needed > open) {
            return grow(needed, shards, updatesLeft, peak);
        }
        Load uneven =
                shards.stream()
                        .map(ShardLoad::load)
                        .reduce(Load.NONE, Load::plus)
                        .times(UNEVEN / open);
        List<ShardLoad> hottest =
                shards.stream()
                        .filter(one -> one.load().exceeds(HOT) && one.load().exceeds(uneven))
                        .sorted(
                                Comparator.comparingDouble((ShardLoad one) -> one.load().shards())
                                        .reversed())
                        .toList();
        String advice = null;
        for (ShardLoad one : hottest) {
            if (one.isOneKeys()) {
                advice =
                        one.shard().id()
                                + " is hot by one key, '"
                                + one.topKey()
                                + "', which no split takes apart";
            } else if (open < rules.maxShards() && one.shard().canSplit()) {
                return split(one, "is hot: " + shown(one.load()));
            }
        }
        if (advice != null) {
            return new Stay(advice);
        }
        return needed < open && nextByTime(history, lastChange, now) == null
                ? shrink(needed, shards, updatesLeft)
                : new Stay(
                        open
                                + " shards, "
                                + needed
                                + " needed for twice the peak of 30 days, "
                                + shown(peak));
    }

    /**
     * When another step may be next though nothing else changes: until then there is no shrinking.
     * Null where nothing holds it up.
     */
    Instant nextByTime(PeakHistory history, Instant lastChange, Instant now) {
        Instant known = history.since().plus(KNOWN);
        Instant quiet = lastChange == null ? known : lastChange.plus(QUIET);
        Instant both = known.isAfter(quiet) ? known : quiet;
        return both.isAfter(now) ? both : null;
    }

    private ScalingStep grow(int needed, List<ShardLoad> shards, int updatesLeft, Load peak) {
        int open = shards.size();
        if (updatesLeft > 0) {
            return new Resize(
                    UpdateBudget.reach(open, needed),
                    needed + " needed for twice the peak of 30 days, " + shown(peak));
        }
        // Splits have no such limit, but are one at a time.
        return shards.stream()
                .filter(one -> one.shard().canSplit())
                .max(Comparator.comparingDouble((ShardLoad one) -> one.load().shards()))
                .<ScalingStep>map(
                        one ->
                                split(
                                        one,
                                        "is the fullest, "
                                                + needed
                                                + " shards are needed, and UpdateShardCount has no calls left"))
                .orElseGet(() -> new Stay("No shard can be split"));
    }

    private ScalingStep shrink(int needed, List<ShardLoad> shards, int updatesLeft) {
        int open = shards.size();
        int reached = UpdateBudget.reach(open, needed);
        // A small step is not worth one of ten calls.
        if (updatesLeft > KEPT_FOR_GROWTH && reached <= open * 0.75) {
            return new Resize(reached, "only " + needed + " needed since 30 days");
        }
        ShardLoad before = null;
        Merge coldest = null;
        double least = COLD_PAIR.shards();
        for (ShardLoad one : shards) {
            if (before != null && before.shard().isBefore(one.shard())) {
                double together = before.load().plus(one.load()).shards();
                if (together < least) {
                    least = together;
                    coldest =
                            new Merge(
                                    before.shard(),
                                    one.shard(),
                                    "both are cold: " + shown(before.load().plus(one.load())));
                }
            }
            before = one;
        }
        return coldest != null
                ? coldest
                : new Stay(open + " shards, " + needed + " needed, none of them cold");
    }

    private static Split split(ShardLoad one, String why) {
        return new Split(one.shard(), one.shard().middle(), one.shard().id() + ' ' + why);
    }

    private static String shown(Load load) {
        return String.format(
                Locale.ROOT, "%,.0f KB/s, %,.0f records/s", load.bytes() / 1024, load.records());
    }
}
