package io.hydrant.sql.kda.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExactSumTest {

    private static final double LARGEST = Double.MAX_VALUE;

    private final ExactSum sum = new ExactSum();

    @Test
    void doesNotDependOnWhatWasAddedAndTakenAway() {
        sum.add(1e300);
        sum.add(0.1);
        sum.add(-1e300);
        sum.remove(0.1);
        sum.add(0.3);

        assertThat(sum.value()).isEqualTo(0.3);
    }

    @Test
    void isInfiniteBeyondTheRangeOfADoubleAndComesBack() {
        sum.add(LARGEST);
        sum.add(LARGEST);
        assertThat(sum.isFinite()).isTrue();
        assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);

        sum.add(-LARGEST);
        assertThat(sum.value()).isEqualTo(LARGEST);

        sum.remove(LARGEST);
        sum.add(2.5);
        assertThat(sum.value()).isEqualTo(2.5);
    }

    @Test
    void manyNumbersThatAreNearlyLargeStayExact() {
        for (int i = 0; i < 1000; i++) {
            sum.add(0x1p958);
        }
        for (int i = 0; i < 1000; i++) {
            sum.remove(0x1p958);
        }
        sum.add(1);

        assertThat(sum.value()).isEqualTo(1);
    }
}
