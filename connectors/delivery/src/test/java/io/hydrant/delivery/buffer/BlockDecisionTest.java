package io.hydrant.delivery.buffer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlockDecisionTest {

    private final BlockDecision decision = new BlockDecision(256 * 1024, 256L * 1024 * 1024);

    @ParameterizedTest
    @CsvSource({
        // Up to 128 objects, an eighth of the budget has room for a whole block of each.
        "1, 262144",
        "128, 262144",
        "256, 131072",
        "1000, 33554",
        // So many that their room is less than what is worth compressing.
        "8192, 4096",
        "50000, 4096",
    })
    void sharesAnEighthOfTheBudgetBetweenTheOpenObjects(int openObjects, int dueAt) {
        assertThat(decision.isDue(dueAt, openObjects)).isTrue();
        assertThat(decision.isDue(dueAt - 1, openObjects)).isFalse();
    }
}
