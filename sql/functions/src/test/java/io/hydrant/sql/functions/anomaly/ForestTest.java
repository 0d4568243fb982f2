package io.hydrant.sql.functions.anomaly;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ForestTest {

    private static final ForestOptions OPTIONS = ForestOptions.of(30, 64, 1000, null, 7);

    @Test
    void theFirstPointsHaveTheScoreZero() {
        Forest forest = Forest.plant(OPTIONS, 2);
        List<double[]> points = points(100, 2);

        List<Double> scores = scores(forest, points);

        assertThat(scores.subList(0, 64)).containsOnly(0.0);
        assertThat(scores.subList(64, 100)).allMatch(score -> score > 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 63", "1, 500", "4, 2", "4, 500"})
    void aForestOfBytesGoesOnAsAnyOtherOfTheseBytes(int shingle, int before) {
        ForestOptions options = ForestOptions.of(30, 64, 1000, shingle, 7);
        Forest forest = Forest.plant(options, 2);
        List<double[]> points = points(1000, 2);
        scores(forest, points.subList(0, before));

        byte[] bytes = forest.toBytes();
        List<Double> once = scores(Forest.fromBytes(bytes), points.subList(before, 1000));
        List<Double> again = scores(Forest.fromBytes(bytes), points.subList(before, 1000));

        assertThat(again).isEqualTo(once);
        assertThat(once.get(999 - before)).isPositive();
    }

    @Test
    void oneSeedGivesOneForest() {
        List<double[]> points = points(200, 2);

        List<Double> scores = scores(Forest.plant(OPTIONS, 2), points);

        assertThat(scores(Forest.plant(OPTIONS, 2), points)).isEqualTo(scores);
        assertThat(scores(Forest.plant(ForestOptions.of(30, 64, 1000, null, 8), 2), points))
                .isNotEqualTo(scores);
    }

    @Test
    void whatIsFarAwayHasAHighScoreThatItsColumnExplains() {
        Forest forest = Forest.plant(ForestOptions.of(null, null, null, null, null), 2);
        points(1000, 2).forEach(forest::learn);

        Forest.Anomaly usual = forest.score(new double[] {0, 0});
        Forest.Anomaly low = forest.score(new double[] {0, -20});

        assertThat(low.score()).isGreaterThan(2 * usual.score());
        assertThat(low.parts().getHighLowSum()).isCloseTo(low.score(), within(1e-6));
        assertThat(low.parts().low[1]).isGreaterThan(0.9 * low.score());
    }

    @Test
    void theRowsOfAShingleAddUpToTheirColumns() {
        Forest forest = Forest.plant(ForestOptions.of(30, 64, 1000, 4, 7), 2);
        points(300, 2).forEach(forest::learn);

        Forest.Anomaly anomaly = forest.score(new double[] {9, 0});

        assertThat(anomaly.parts().getDimensions()).isEqualTo(2);
        assertThat(anomaly.parts().getHighLowSum()).isCloseTo(anomaly.score(), within(1e-6));
        assertThat(anomaly.parts().getHighLowSum(0))
                .isGreaterThan(anomaly.parts().getHighLowSum(1));
    }

    /** Written by version 1: three trees, shingles of two rows, 40 points of {@code i % 7}. */
    @Test
    void readsTheBytesThatVersion1Wrote() throws IOException {
        byte[] bytes;
        try (InputStream golden = ForestTest.class.getResourceAsStream("/state/forest-v1.bin")) {
            bytes = golden.readAllBytes();
        }

        assertThat(
                        scores(
                                Forest.fromBytes(bytes),
                                List.of(
                                        new double[] {100},
                                        new double[] {101},
                                        new double[] {102})))
                .containsExactly(3.260181335580785, 2.816764267427626, 1.8282463342345538);
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes = Forest.plant(OPTIONS, 1).toBytes();
        bytes[3] = 9;

        assertThatThrownBy(() -> Forest.fromBytes(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void theDefaultsAreThoseOfKinesisDataAnalytics() {
        assertThat(ForestOptions.of(null, null, null, null, null))
                .isEqualTo(new ForestOptions(100, 256, 100_000, 1, 0));
    }

    private static List<Double> scores(Forest forest, List<double[]> points) {
        List<Double> scores = new ArrayList<>();
        for (double[] point : points) {
            scores.add(forest.scoreOnly(point));
            forest.learn(point);
        }
        return scores;
    }

    private static List<double[]> points(int count, int columns) {
        Random random = new Random(42);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(random.doubles(columns, -1, 1).toArray());
        }
        return points;
    }
}
