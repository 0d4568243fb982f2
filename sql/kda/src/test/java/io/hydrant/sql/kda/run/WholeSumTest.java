package io.hydrant.sql.kda.run;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class WholeSumTest {

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    @Test
    void aSumBeyondALongIsExactAndComesBack() {
        WholeSum sum = new WholeSum();
        sum.add(Long.MAX_VALUE);
        sum.add(Long.MAX_VALUE);

        assertThat(sum.isLong()).isFalse();
        assertThat(sum.exact()).isEqualTo(new BigDecimal("18446744073709551614"));
        assertThat(sum.mean(2)).isEqualTo(Long.MAX_VALUE);

        sum.remove(Long.MAX_VALUE);
        assertThat(sum.isLong()).isTrue();
        assertThat(sum.low()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theLeastLongIsTakenAwayAgain() {
        WholeSum sum = new WholeSum();
        sum.add(Long.MIN_VALUE);
        sum.add(-1);

        assertThat(sum.exact()).isEqualTo(new BigDecimal("-9223372036854775809"));

        sum.remove(Long.MIN_VALUE);
        assertThat(sum.isLong()).isTrue();
        assertThat(sum.low()).isEqualTo(-1);
    }

    @Test
    void agreesWithLongArithmeticOfAnySize() {
        Random random = new Random(7);
        WholeSum sum = new WholeSum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 1000; i++) {
            long number = random.nextLong() >> random.nextInt(Long.SIZE);
            if (random.nextBoolean()) {
                sum.add(number);
                expected = expected.add(BigInteger.valueOf(number));
            } else {
                sum.remove(number);
                expected = expected.subtract(BigInteger.valueOf(number));
            }

            assertThat(sum.exact().toBigInteger()).isEqualTo(expected);
            assertThat(sum.isLong())
                    .isEqualTo(expected.compareTo(MAX) <= 0 && expected.compareTo(MIN) >= 0);
        }
    }
}
