package io.hydrant.launcher.soak;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTurnsTest {

    private final List<SoakFault> faults = List.of(FaultPoint.values());

    @Test
    void eachHasItsTurnBeforeAnyComesAgain() {
        FaultTurns turns = new FaultTurns(faults, new Random(1));

        List<SoakFault> first = take(turns, faults.size());
        List<SoakFault> second = take(turns, faults.size());

        assertThat(first).containsExactlyInAnyOrderElementsOf(faults).isNotEqualTo(faults);
        assertThat(second).containsExactlyInAnyOrderElementsOf(faults).isNotEqualTo(first);
        assertThat(turns.had()).isEqualTo(turns.all()).isEqualTo(faults.size());
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        assertThat(take(new FaultTurns(faults, new Random(7)), faults.size()))
                .isEqualTo(take(new FaultTurns(faults, new Random(7)), faults.size()));
    }

    @Test
    void oneThatNothingCameByComesAgainBehindTheOthers() {
        FaultTurns turns = new FaultTurns(faults, new Random(1));
        SoakFault missed = turns.next();
        turns.missed(missed);
        assertThat(turns.had()).isZero();

        assertThat(take(turns, faults.size() - 1)).doesNotContain(missed);
        assertThat(turns.had()).isEqualTo(faults.size() - 1);
        assertThat(take(turns, 1)).containsExactly(missed);
        assertThat(turns.had()).isEqualTo(faults.size());
    }

    private static List<SoakFault> take(FaultTurns turns, int count) {
        List<SoakFault> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SoakFault next = turns.next();
            turns.reached(next);
            taken.add(next);
        }
        return taken;
    }
}
