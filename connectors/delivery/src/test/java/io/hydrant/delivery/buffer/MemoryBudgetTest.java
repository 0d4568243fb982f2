package io.hydrant.delivery.buffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(1000);

    @Test
    void asksForRoomAboveNineTenthsUntilThreeFifths() {
        budget.hold(900);
        assertThat(budget.needsReclaim()).isFalse();
        assertThat(budget.isAboveTarget()).isTrue();

        budget.hold(1);
        assertThat(budget.needsReclaim()).isTrue();

        budget.hold(-300);
        assertThat(budget.isAboveTarget()).isTrue();
        budget.hold(-1);
        assertThat(budget.isAboveTarget()).isFalse();
    }

    @Test
    void doesNotAskTwiceForWhatIsLeavingAlready() {
        budget.hold(950);
        budget.leave(400);

        assertThat(budget.needsReclaim()).isFalse();
        assertThat(budget.isAboveTarget()).isFalse();
    }

    @Test
    void isExhaustedOnlyWhileWaitingHelps() {
        budget.hold(1001);
        assertThat(budget.isExhausted()).isFalse();

        budget.leave(500);
        assertThat(budget.isExhausted()).isTrue();

        budget.leave(-500);
        budget.hold(-500);
        assertThat(budget.isExhausted()).isFalse();
        assertThat(budget.held()).isEqualTo(501);
        assertThat(budget.peak()).isEqualTo(1001);
    }

    @Test
    void letsAQuarterWaitForACheckpoint() {
        budget.hold(500);
        budget.await(250);
        assertThat(budget.isTooMuchWaiting()).isFalse();

        budget.await(1);
        assertThat(budget.isTooMuchWaiting()).isTrue();

        budget.await(-1);
        assertThat(budget.isTooMuchWaiting()).isFalse();
    }

    @Test
    void letsNoMoreThanFourMebibytesWaitForACheckpoint() {
        MemoryBudget large = new MemoryBudget(256L << 20);
        large.hold(5L << 20);
        large.await(4L << 20);
        assertThat(large.isTooMuchWaiting()).isFalse();

        large.await(1);
        assertThat(large.isTooMuchWaiting()).isTrue();
    }

    @Test
    void isRelaxedBelowAQuarter() {
        budget.hold(249);
        assertThat(budget.isRelaxed()).isTrue();
        budget.hold(1);
        assertThat(budget.isRelaxed()).isFalse();
    }

    @Test
    void hasRoomWhileHalfOfItStays() {
        budget.hold(499);
        assertThat(budget.hasRoom()).isTrue();
        budget.hold(1);
        assertThat(budget.hasRoom()).isFalse();

        budget.leave(1);
        assertThat(budget.hasRoom()).isTrue();
    }
}
