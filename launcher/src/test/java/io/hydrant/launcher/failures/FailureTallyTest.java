package io.hydrant.launcher.failures;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTallyTest {

    private final FailureTally failures = new FailureTally();

    @Test
    void namesFewMessagesEachAndOfManyTheFirst() {
        failures.count("B", "same");
        failures.count("B", "same");
        failures.count("B", "other");
        for (int i = 9; i < 2_009; i++) {
            failures.count("A", "record " + i);
        }

        assertThat(failures.lines())
                .containsExactly("2,000 × A, such as: record 9", "1 × B: other", "2 × B: same");
    }

    @Test
    void addsWhatOthersHaveCounted() {
        failures.count("B", "same");
        for (int i = 0; i < 3; i++) {
            FailureTally other = new FailureTally();
            other.count("B", "same");
            for (int j = 0; j < 10; j++) {
                other.count("A", "record " + i + j);
            }
            failures.add(other);
        }

        assertThat(failures.lines()).containsExactly("30 × A, such as: record 00", "4 × B: same");
    }
}
