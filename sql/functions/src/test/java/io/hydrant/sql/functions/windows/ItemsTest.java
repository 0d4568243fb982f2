package io.hydrant.sql.functions.windows;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ItemsTest {

    private static final long END = 60_000;

    private final MapView<Row, Long> counts = new MapView<>();
    private final MapView<Long, Row> windows = new MapView<>();

    @Test
    void countsAreExactWhileEveryItemHasAPlace() throws Exception {
        FrequentItems items = new FrequentItems(counts, windows, 3);
        for (String item : new String[] {"a", "b", "a", "c", "a", "b"}) {
            items.add(END, item);
        }
        items.add(2 * END, "a");

        assertThat(items.close(END)).isEqualTo(Map.of("a", 3L, "b", 2L, "c", 1L));
        assertThat(items.close(2 * END)).isEqualTo(Map.of("a", 1L));
        assertThat(counts.getMap()).isEmpty();
        assertThat(windows.getMap()).isEmpty();
    }

    @Test
    void whatIsSeldomIsForgottenAndNothingElse() throws Exception {
        FrequentItems items = new FrequentItems(counts, windows, 4);
        for (String item : new String[] {"a", "a", "a", "b", "b", "c", "d", "e"}) {
            items.add(END, item);
        }

        // E begins behind the 1 that c and d had.
        assertThat(items.close(END)).isEqualTo(Map.of("a", 3L, "b", 2L, "e", 2L));
    }

    @Test
    void ofItemsThatAreAllEquallySeldomHalfKeepTheirPlaces() throws Exception {
        FrequentItems items = new FrequentItems(counts, windows, 10);
        for (int i = 0; i < 1_000; i++) {
            items.add(END, i);
            assertThat(counts.getMap()).hasSizeBetween(Math.min(i, 5), 10);
        }
    }

    @Test
    void noCountIsTooLowAndNoneTooHighByMoreThanTwoRowsForEachPlace() throws Exception {
        int places = 200;
        int rows = 50_000;
        FrequentItems items = new FrequentItems(counts, windows, places);
        Map<Object, Long> exact = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < rows; i++) {
            // Few items come often, and many seldom.
            Integer item = (int) Math.exp(random.nextDouble() * 9);
            exact.merge(item, 1L, Long::sum);
            items.add(END, item);
            // A window of its own, with places of its own.
            items.add(2 * END, item % 100);
        }

        Map<Object, Long> closed = items.close(END);

        assertThat(closed).hasSizeLessThanOrEqualTo(places);
        closed.forEach(
                (item, count) ->
                        assertThat(count)
                                .isBetween(exact.get(item), exact.get(item) + 2L * rows / places));
        exact.forEach(
                (item, count) -> {
                    if (count > 2L * rows / places) {
                        assertThat(closed).containsKey(item);
                    }
                });
        assertThat(items.close(2 * END)).hasSize(100);
    }

    @Test
    void differentItemsAreCountedExactlyWhileEachHasAPlace() throws Exception {
        DistinctItems items = new DistinctItems(counts, windows, 3);
        for (String item : new String[] {"a", "b", "a", "c", "a", "b"}) {
            items.add(END, item);
        }
        items.add(2 * END, "a");

        assertThat(items.close(END)).isEqualTo(3);
        assertThat(items.close(2 * END)).isEqualTo(1);
        assertThat(items.close(3 * END)).isZero();
        assertThat(counts.getMap()).isEmpty();
        assertThat(windows.getMap()).isEmpty();
    }

    @Test
    void itemsWithoutAPlaceAreCountedByASketch() throws Exception {
        DistinctItems items = new DistinctItems(counts, windows, 1_000);
        for (int i = 0; i < 60_000; i++) {
            items.add(END, "user" + i % 30_000);
        }

        assertThat(counts.getMap()).hasSize(1_000);
        assertThat((double) items.close(END)).isCloseTo(30_000, within(4 * 0.013 * 29_000));
    }
}
