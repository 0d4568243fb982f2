package io.hydrant.kinesis.sink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class OutstandingNumbersTest {

    private static final int WINDOW = 1 << 10;

    private final OutstandingNumbers numbers = new OutstandingNumbers();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void admitsWhatASortedSetOfThemWould(int seed) {
        Random random = new Random(seed);
        TreeSet<Long> expected = new TreeSet<>();
        long next = random.nextInt(100);
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) < 3) {
                next += random.nextInt(20) == 0 ? random.nextInt(WINDOW / 2) : 1;
                long number = random.nextInt(50) == 0 ? Math.max(0, next - WINDOW / 3) : next;
                if (numbers.admits(number, WINDOW)) {
                    numbers.add(number);
                    expected.add(number);
                } else {
                    expected.forEach(numbers::remove);
                    expected.clear();
                }
            } else if (!expected.isEmpty()) {
                List<Long> there = new ArrayList<>(expected);
                long gone = there.get(random.nextInt(Math.min(10, there.size())));
                numbers.remove(gone);
                expected.remove(gone);
            }
            assertThat(numbers.isEmpty()).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                long first = expected.first();
                assertThat(numbers.admits(first + WINDOW, WINDOW)).isFalse();
                assertThat(numbers.admits(Math.max(next, first + WINDOW - 1), WINDOW))
                        .isEqualTo(Math.max(next, first + WINDOW - 1) - first < WINDOW);
            }
        }
    }

    @Test
    void aNumberThatIsThereTwiceGoesOnce() {
        numbers.add(7);
        numbers.add(7);
        numbers.remove(7);

        assertThat(numbers.isEmpty()).isTrue();
    }

    @Test
    void removesWhatIsNotThereInVain() {
        numbers.remove(1);
        numbers.add(100);
        numbers.remove(99);
        numbers.remove(101);
        // In the place of the ring that another number has.
        numbers.remove(100 + 64);
        numbers.remove(100 - 64);

        assertThat(numbers.isEmpty()).isFalse();
        assertThat(numbers.admits(100 + WINDOW, WINDOW)).isFalse();
    }

    @Test
    void growsInBothDirections() {
        numbers.add(5_000);
        numbers.add(5_900);
        numbers.add(4_990);
        numbers.remove(5_000);

        assertThat(numbers.admits(4_990 + WINDOW, WINDOW)).isFalse();
        numbers.remove(4_990);
        assertThat(numbers.admits(5_900 + WINDOW - 1, WINDOW)).isTrue();
        assertThat(numbers.admits(5_900 - WINDOW, WINDOW)).isFalse();
        numbers.remove(5_900);
        assertThat(numbers.isEmpty()).isTrue();
    }

    @Test
    void growsTowardsZero() {
        numbers.add(10);
        numbers.add(0);
        numbers.add(70);
        numbers.add(3);

        numbers.remove(0);
        assertThat(numbers.admits(3 + WINDOW, WINDOW)).isFalse();
        assertThat(numbers.admits(3 + WINDOW - 1, WINDOW)).isTrue();
    }
}
