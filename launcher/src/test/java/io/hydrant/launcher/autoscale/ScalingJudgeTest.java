package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ScalingJudgeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final double MIB = 1024 * 1024;

    private final ScalingJudge judge = new ScalingJudge(new ScalingRules(1, 100));

    @ParameterizedTest
    @CsvSource({
        // MiB a second, records a second, shards
        "0, 0, 1",
        "0.5, 0, 1",
        "0.51, 0, 2",
        "4, 0, 8",
        "0, 500, 1",
        "0, 501, 2",
        "1, 3000, 6",
        "500, 0, 100"
    })
    void keepsRoomForTwiceThePeak(double mebibytes, double records, int shards) {
        assertThat(judge.needed(new Load(mebibytes * MIB, records))).isEqualTo(shards);
    }

    @Test
    void doublesAtTheMostWithOneCall() {
        assertThat(next(new Load(10 * MIB, 0), 4, 10))
                .isInstanceOfSatisfying(
                        Resize.class, step -> assertThat(step.shards()).isEqualTo(8));
        assertThat(next(new Load(3 * MIB, 0), 4, 10))
                .isInstanceOfSatisfying(
                        Resize.class, step -> assertThat(step.shards()).isEqualTo(6));
    }

    @Test
    void splitsTheFullestShardWhenNoCallIsLeft() {
        List<ShardLoad> loads = new SimulatedStream(4).loads(new Load(3 * MIB, 0), 0.5);

        ScalingStep step = judge.next(known(new Load(3 * MIB, 0)), loads, 0, null, NOW);

        assertThat(step)
                .isInstanceOfSatisfying(
                        Split.class,
                        split -> assertThat(split.shard()).isEqualTo(loads.get(1).shard()));
    }

    @Test
    void splitsAHotShardUnlessOneKeyMakesItHot() {
        List<ShardLoad> even = new SimulatedStream(4).loads(new Load(0.1 * MIB, 1), 0);
        Load hot = new Load(510 * 1024, 1);
        Load peak = new Load(0.6 * MIB, 4);

        assertThat(judge.next(known(peak), withFirst(even, hot, 0.4), 10, NOW, NOW))
                .isInstanceOfSatisfying(
                        Split.class,
                        split -> {
                            assertThat(split.shard()).isEqualTo(even.get(0).shard());
                            assertThat(split.upperStart()).isEqualTo(OpenShard.KEYS.shiftRight(3));
                        });
        assertThat(judge.next(known(peak), withFirst(even, hot, 0.6), 10, NOW, NOW))
                .isInstanceOf(Stay.class)
                .extracting(ScalingStep::reason)
                .asString()
                .contains("one key, 'k'");
    }

    @Test
    void waitsAQuarterOfAnHourBeforeItShrinks() {
        Load small = new Load(MIB, 0);
        List<ShardLoad> loads = new SimulatedStream(8).loads(small, 0);

        assertThat(judge.next(known(small), loads, 10, NOW.minus(Duration.ofMinutes(14)), NOW))
                .isInstanceOf(Stay.class);
        assertThat(judge.next(known(small), loads, 10, NOW.minus(Duration.ofMinutes(15)), NOW))
                .isInstanceOfSatisfying(
                        Resize.class, step -> assertThat(step.shards()).isEqualTo(4));
    }

    @Test
    void keepsCallsBackForGrowthAndMergesColdNeighboursInstead() {
        Load small = new Load(0.1 * MIB, 0);

        assertThat(next(small, 8, 6)).isInstanceOf(Resize.class);
        assertThat(next(small, 8, 5)).isInstanceOf(Merge.class);
    }

    @Test
    void aCallReachesFromHalfToDouble() {
        assertThat(UpdateBudget.reach(5, 1)).isEqualTo(3);
        assertThat(UpdateBudget.reach(5, 50)).isEqualTo(10);
        assertThat(UpdateBudget.reach(9_000, 20_000)).isEqualTo(10_000);
    }

    @Test
    void tenCallsCountFor24Hours() {
        UpdateBudget budget = new UpdateBudget();
        for (int i = 0; i < 10; i++) {
            budget.spent(NOW.plusSeconds(i));
        }

        assertThat(budget.left(NOW.plus(Duration.ofHours(24)).minusSeconds(1))).isZero();
        assertThat(budget.left(NOW.plus(Duration.ofHours(24)))).isEqualTo(1);
        assertThat(budget.left(NOW.plus(Duration.ofHours(25)))).isEqualTo(10);
    }

    @Test
    void aPeakCountsFor30Days() {
        PeakHistory history = new PeakHistory();
        history.add(NOW, new Load(5, 1));
        history.add(NOW.plusSeconds(60), new Load(3, 2));
        history.add(NOW.plus(Duration.ofDays(30)), new Load(1, 1));
        assertThat(history.peak()).isEqualTo(new Load(5, 2));

        history.add(NOW.plus(Duration.ofDays(30)).plus(Duration.ofHours(1)), new Load(1, 1));
        assertThat(history.peak()).isEqualTo(new Load(1, 1));
    }

    @Test
    void shardsThatAreHotAllAlikeAreLeftAlone() {
        Load peak = new Load(6 * MIB, 0);

        assertThat(judge.next(known(peak), new SimulatedStream(12).loads(peak, 0), 10, NOW, NOW))
                .isInstanceOf(Stay.class);
    }

    @Test
    void doesNotShrinkBeforeItKnowsADay() {
        PeakHistory history = new PeakHistory();
        history.add(NOW.minus(Duration.ofHours(23)), new Load(MIB, 0));
        List<ShardLoad> loads = new SimulatedStream(8).loads(new Load(MIB, 0), 0);

        assertThat(judge.next(history, loads, 10, null, NOW)).isInstanceOf(Stay.class);
        assertThat(judge.next(history, loads, 10, null, NOW.plus(Duration.ofHours(1))))
                .isInstanceOf(Resize.class);
    }

    private static PeakHistory known(Load peak) {
        PeakHistory history = new PeakHistory();
        history.add(NOW.minus(Duration.ofDays(1)), peak);
        return history;
    }

    private static List<ShardLoad> withFirst(List<ShardLoad> loads, Load load, double keyShare) {
        List<ShardLoad> changed = new ArrayList<>(loads);
        changed.set(0, new ShardLoad(loads.get(0).shard(), load, "k", keyShare));
        return changed;
    }

    private ScalingStep next(Load load, int shards, int updatesLeft) {
        return judge.next(
                known(load), new SimulatedStream(shards).loads(load, 0), updatesLeft, null, NOW);
    }
}
