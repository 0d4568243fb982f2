package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.ShardOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Thousands of drawn steps in every build; {@code ./hydrant soak source} takes more. */
class KinesisSourceModelTest {

    private static final int STEPS = 1_500;
    private static final int SEEDS = 18;

    /** The same in every build, which is no place to look for what others might find. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void emitsEveryRecordOnceAndInTheOrderOfItsKey(long seed) throws Exception {
        try (SourceSimulation simulation = new SourceSimulation(seed)) {
            assertThatCode(
                            () -> {
                                for (int i = 0; i < STEPS; i++) {
                                    simulation.step();
                                }
                                simulation.settle();
                            })
                    .as(() -> "seed " + seed + "\n" + String.join("\n", simulation.lastSteps()))
                    .doesNotThrowAnyException();
            assertThat(simulation.records()).isGreaterThan(STEPS / 4);
        }
    }

    /** That nothing is wrong would be no finding where nothing can be. */
    @Test
    void drawsLossesAndEndsAndSubscriptionsAndEveryOrder() throws Exception {
        Set<Boolean> losses = new HashSet<>();
        Set<Boolean> ends = new HashSet<>();
        Set<Boolean> endedSubscriptions = new HashSet<>();
        Set<Boolean> brokenSubscriptions = new HashSet<>();
        Set<ShardOrder> orders = new HashSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (SourceSimulation simulation = new SourceSimulation(seed)) {
                for (int i = 0; i < STEPS; i++) {
                    simulation.step();
                }
                simulation.settle();
                losses.add(simulation.lost() > 0);
                ends.add(simulation.ends() > 0);
                endedSubscriptions.add(simulation.endedSubscriptions() > 0);
                brokenSubscriptions.add(simulation.brokenSubscriptions() > 0);
                orders.add(simulation.order());
            }
        }
        assertThat(losses).containsExactlyInAnyOrder(true, false);
        assertThat(ends).containsExactlyInAnyOrder(true, false);
        assertThat(endedSubscriptions).containsExactlyInAnyOrder(true, false);
        assertThat(brokenSubscriptions).containsExactlyInAnyOrder(true, false);
        assertThat(orders).containsExactlyInAnyOrder(ShardOrder.values());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void goesTheSameWayEachTime(long seed) throws Exception {
        List<String> first;
        long records;
        try (SourceSimulation simulation = new SourceSimulation(seed)) {
            for (int i = 0; i < 300; i++) {
                simulation.step();
            }
            first = simulation.lastSteps();
            records = simulation.records();
        }
        try (SourceSimulation again = new SourceSimulation(seed)) {
            for (int i = 0; i < 300; i++) {
                again.step();
            }
            assertThat(again.lastSteps()).isEqualTo(first);
            assertThat(again.records()).isEqualTo(records);
        }
    }
}
