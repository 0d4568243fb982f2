package io.hydrant.sql.functions.windows;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RankingTest {

    @Test
    void equalValuesHaveOneRankAndTheRanksBehindAreSkipped() {
        assertThat(ranks(List.of(5, 9, 5, 3), true, false, 0))
                .containsExactly("9:1", "5:2", "5:2", "3:4");
        assertThat(ranks(List.of(5, 9, 5, 3), false, false, 0))
                .containsExactly("3:1", "5:2", "5:2", "9:4");
    }

    @Test
    void theLastRankMayComeFirstAndOnlySoManyMayCome() {
        assertThat(ranks(List.of(5, 9, 3), true, true, 2)).containsExactly("3:3", "5:2");
        assertThat(ranks(List.of(5, 9, 3), true, false, 9)).hasSize(3);
    }

    @Test
    void nullIsTheSmallest() {
        assertThat(ranks(Arrays.asList(1, null, 2), false, false, 0))
                .containsExactly("null:1", "1:2", "2:3");
    }

    private static List<String> ranks(
            List<Integer> values, boolean descending, boolean lastFirst, int most) {
        return Ranking.of(values, value -> value, descending, lastFirst, most).stream()
                .map(ranked -> ranked.value() + ":" + ranked.rank())
                .toList();
    }
}
