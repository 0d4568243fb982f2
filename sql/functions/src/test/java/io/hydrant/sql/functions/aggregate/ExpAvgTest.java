package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ExpAvgTest {

    private static final long HALF_LIFE = 10_000;

    private final ExpAvg function = new ExpAvg();

    @Test
    void aValueThatIsAHalfLifeOlderCountsHalfAsMuch() {
        ExpAvg.Sums sums = sums(0, 8.0, 10, 4.0, 20, 2.0);

        assertThat(function.getValue(sums)).isCloseTo((8 + 2 * 4 + 4 * 2) / 7.0, within(1e-12));
    }

    @Test
    void theOrderDoesNotMatter() {
        assertThat(function.getValue(sums(20, 2.0, 0, 8.0, 10, 4.0)))
                .isCloseTo(function.getValue(sums(0, 8.0, 10, 4.0, 20, 2.0)), within(1e-12));
    }

    @Test
    void nullsAreLeftOutAndNothingIsNull() {
        ExpAvg.Sums sums = sums(0, 8.0);
        function.accumulate(sums, null, at(5), HALF_LIFE);
        function.accumulate(sums, 1.0, null, HALF_LIFE);
        function.accumulate(sums, 1.0, at(5), null);

        assertThat(function.getValue(sums)).isEqualTo(8.0);
        assertThat(function.getValue(function.createAccumulator())).isNull();
    }

    @Test
    void aWindowThatSlidesGivesWhatItsRowsGiveAlone() {
        Random random = new Random(5);
        ExpAvg.Sums sliding = function.createAccumulator();
        ArrayDeque<double[]> window = new ArrayDeque<>();
        for (int second = 0; second < 20_000; second++) {
            double value = random.nextDouble() * 1000;
            window.add(new double[] {second, value});
            function.accumulate(sliding, value, at(second), HALF_LIFE);
            if (window.size() > 30) {
                double[] oldest = window.remove();
                function.retract(sliding, oldest[1], at((long) oldest[0]), HALF_LIFE);
            }
        }
        ExpAvg.Sums alone = function.createAccumulator();
        window.forEach(row -> function.accumulate(alone, row[1], at((long) row[0]), HALF_LIFE));

        assertThat(function.getValue(sliding)).isCloseTo(function.getValue(alone), within(1e-9));
    }

    @Test
    void anEmptyWindowBeginsAnew() {
        ExpAvg.Sums sums = sums(0, 0.1, 1, 0.2);
        function.retract(sums, 0.1, at(0), HALF_LIFE);
        function.retract(sums, 0.2, at(1), HALF_LIFE);

        assertThat(function.getValue(sums)).isNull();
        assertThat(sums.values).isZero();
        assertThat(sums.weights).isZero();
    }

    @Test
    void partsAddUpToTheWhole() {
        ExpAvg.Sums sums = sums(20, 2.0);
        function.merge(sums, List.of(sums(0, 8.0, 10, 4.0), function.createAccumulator()));

        assertThat(function.getValue(sums))
                .isCloseTo(function.getValue(sums(0, 8.0, 10, 4.0, 20, 2.0)), within(1e-12));
    }

    private ExpAvg.Sums sums(double... secondsAndValues) {
        ExpAvg.Sums sums = function.createAccumulator();
        for (int i = 0; i < secondsAndValues.length; i += 2) {
            function.accumulate(
                    sums, secondsAndValues[i + 1], at((long) secondsAndValues[i]), HALF_LIFE);
        }
        return sums;
    }

    private static TimestampData at(long second) {
        return TimestampData.fromEpochMillis(second * 1000);
    }
}
