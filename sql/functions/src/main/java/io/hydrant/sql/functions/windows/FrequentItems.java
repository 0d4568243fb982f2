package io.hydrant.sql.functions.windows;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * How often each item of a window came, of so many items at most.
 *
 * <p>Exact as long as a window has no more different items. With one more, the half that came least
 * often is forgotten, and what comes new from then on begins with the largest count among those: so
 * no count is too low, and none is too high by more than two rows for each place, that is {@code 2
 * * rows / places}. Source: Misra and Gries, "Finding repeated elements", and the purge of a median
 * of Apache DataSketches' frequent items, here on state that is read and written an entry at a
 * time.
 */
final class FrequentItems {

    private static final int DIFFERENT = 0;
    private static final int FORGOTTEN = 1;

    private final MapView<Row, Long> counts;

    /** By the end of a window, how many items it has, and what new ones begin with. */
    private final MapView<Long, Row> windows;

    private final int places;

    FrequentItems(MapView<Row, Long> counts, MapView<Long, Row> windows, int places) {
        this.counts = counts;
        this.windows = windows;
        this.places = places;
    }

    /** Counts an item once. */
    void add(long end, Object item) throws Exception {
        Row key = Row.of(end, item);
        Long known = counts.get(key);
        if (known != null) {
            counts.put(key, known + 1);
            return;
        }
        Row window = windows.get(end);
        if (window == null) {
            window = Row.of(0, 0L);
        }
        if (window.<Integer>getFieldAs(DIFFERENT) >= places) {
            window = forgetHalf(end, window);
        }
        counts.put(key, window.<Long>getFieldAs(FORGOTTEN) + 1);
        windows.put(
                end,
                Row.of(
                        window.<Integer>getFieldAs(DIFFERENT) + 1,
                        window.<Long>getFieldAs(FORGOTTEN)));
    }

    /** Of the counts that are equal to the largest forgotten one, as many go as make the half. */
    private Row forgetHalf(long end, Row window) throws Exception {
        long[] sorted = new long[window.<Integer>getFieldAs(DIFFERENT)];
        int found = 0;
        for (Map.Entry<Row, Long> entry : counts.entries()) {
            if (isOf(end, entry) && found < sorted.length) {
                sorted[found++] = entry.getValue();
            }
        }
        Arrays.sort(sorted, 0, found);
        int half = found / 2;
        long largest = sorted[half - 1];
        int below = 0;
        while (sorted[below] < largest) {
            below++;
        }
        int equal = half - below;
        Iterator<Map.Entry<Row, Long>> entries = counts.iterator();
        while (entries.hasNext()) {
            Map.Entry<Row, Long> entry = entries.next();
            long count = entry.getValue();
            if (isOf(end, entry) && (count < largest || (count == largest && equal-- > 0))) {
                entries.remove();
            }
        }
        return Row.of(found - half, largest);
    }

    /** The counts of a window, which is forgotten. */
    Map<Object, Long> close(long end) throws Exception {
        windows.remove(end);
        Map<Object, Long> window = new HashMap<>();
        Iterator<Map.Entry<Row, Long>> entries = counts.iterator();
        while (entries.hasNext()) {
            Map.Entry<Row, Long> entry = entries.next();
            if (isOf(end, entry)) {
                window.put(entry.getKey().getField(1), entry.getValue());
                entries.remove();
            }
        }
        return window;
    }

    private static boolean isOf(long end, Map.Entry<Row, Long> entry) {
        return entry.getKey().<Long>getFieldAs(0) == end;
    }
}
