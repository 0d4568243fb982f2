package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The shards of a stream that is not there. Refuses what the service would refuse, so that a step
 * too far ends a simulation.
 */
final class SimulatedStream {

    /** The hash key of the hot key: somewhere, the same each time. */
    private static final BigInteger HOT = OpenShard.KEYS.divide(BigInteger.valueOf(3));

    private List<OpenShard> shards;
    private int named;

    SimulatedStream(int count) {
        shards = even(count);
    }

    int size() {
        return shards.size();
    }

    /** What each shard takes of that traffic. */
    List<ShardLoad> loads(Load load, double hotKeyShare) {
        List<ShardLoad> loads = new ArrayList<>(shards.size());
        for (OpenShard shard : shards) {
            boolean isHot = shard.first().compareTo(HOT) <= 0 && HOT.compareTo(shard.last()) <= 0;
            double part = shard.part() * (1 - hotKeyShare) + (isHot ? hotKeyShare : 0);
            loads.add(
                    new ShardLoad(
                            shard,
                            load.times(part),
                            isHot && hotKeyShare > 0 ? "hot" : null,
                            isHot && part > 0 ? hotKeyShare / part : 0));
        }
        return loads;
    }

    /** Bytes a second that the shards do not take. */
    static double throttled(List<ShardLoad> loads) {
        double throttled = 0;
        for (ShardLoad one : loads) {
            double shards = one.load().shards();
            if (shards > 1) {
                throttled += one.load().bytes() * (1 - 1 / shards);
            }
        }
        return throttled;
    }

    /**
     * Carries a step out.
     *
     * @throws IllegalStateException where the service would refuse it
     */
    void apply(ScalingStep step, int updatesLeft) {
        if (step instanceof Resize resize) {
            int open = shards.size();
            int wanted = resize.shards();
            require(updatesLeft > 0, "UpdateShardCount was called ten times in 24 hours");
            require(wanted <= 2 * open, wanted + " shards are more than twice " + open);
            require(2 * wanted >= open, wanted + " shards are fewer than half of " + open);
            require(wanted <= UpdateBudget.MAX_SHARDS, wanted + " shards are too many");
            shards = even(wanted);
        } else if (step instanceof Split split) {
            OpenShard shard = split.shard();
            BigInteger upper = split.upperStart();
            require(shards.remove(shard), shard.id() + " is not open");
            require(
                    shard.first().compareTo(upper) < 0 && upper.compareTo(shard.last()) <= 0,
                    upper + " is not inside " + shard.id());
            shards.add(new OpenShard(name(), shard.first(), upper.subtract(BigInteger.ONE)));
            shards.add(new OpenShard(name(), upper, shard.last()));
        } else if (step instanceof Merge merge) {
            require(merge.lower().isBefore(merge.upper()), "The shards are no neighbours");
            require(shards.remove(merge.lower()), merge.lower().id() + " is not open");
            require(shards.remove(merge.upper()), merge.upper().id() + " is not open");
            shards.add(new OpenShard(name(), merge.lower().first(), merge.upper().last()));
        }
        shards.sort(Comparator.comparing(OpenShard::first));
    }

    private List<OpenShard> even(int count) {
        List<OpenShard> even = new ArrayList<>(count);
        BigInteger parts = BigInteger.valueOf(count);
        for (int i = 0; i < count; i++) {
            BigInteger first = OpenShard.KEYS.multiply(BigInteger.valueOf(i)).divide(parts);
            BigInteger end = OpenShard.KEYS.multiply(BigInteger.valueOf(i + 1L)).divide(parts);
            even.add(new OpenShard(name(), first, end.subtract(BigInteger.ONE)));
        }
        return even;
    }

    private String name() {
        return "shardId-%012d".formatted(named++);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException(problem);
        }
    }
}
