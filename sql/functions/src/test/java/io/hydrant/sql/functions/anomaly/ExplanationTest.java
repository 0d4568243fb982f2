package io.hydrant.sql.functions.anomaly;

import com.amazon.randomcutforest.returntypes.DiVector;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ExplanationTest {

    private static final List<String> NAMES = List.of("Systolic", "Dia\"stolic");

    private final DiVector parts =
            new DiVector(new double[] {0.1435, 2.1111}, new double[] {0.2357, 0});

    @Test
    void hasTheShapeOfTheGuidesExample() {
        assertThat(Explanation.of(NAMES, parts, true))
                .isEqualTo(
                        "{\"Systolic\":{\"DIRECTION\":\"LOW\",\"STRENGTH\":\"0.0922\",\"ATTRIBUTION_SCORE\":\"0.3792\"},"
                                + "\"Dia\\\"stolic\":{\"DIRECTION\":\"HIGH\",\"STRENGTH\":\"2.1111\",\"ATTRIBUTION_SCORE\":\"2.1111\"}}");
    }

    @Test
    void hasDirectionsOnlyWhereTheyAreAskedFor() {
        assertThat(Explanation.of(NAMES, parts, false))
                .isEqualTo(
                        "{\"Systolic\":{\"ATTRIBUTION_SCORE\":\"0.3792\"},"
                                + "\"Dia\\\"stolic\":{\"ATTRIBUTION_SCORE\":\"2.1111\"}}");
    }

    @Test
    void saysLowAndNothingWhileTheForestLearns() {
        assertThat(Explanation.of(List.of("x"), new DiVector(1), true))
                .isEqualTo(
                        "{\"x\":{\"DIRECTION\":\"LOW\",\"STRENGTH\":\"0.0000\",\"ATTRIBUTION_SCORE\":\"0.0000\"}}");
    }
}
