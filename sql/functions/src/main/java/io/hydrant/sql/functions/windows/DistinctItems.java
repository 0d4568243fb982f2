package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.sketch.DistinctSketch;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;

import java.util.Iterator;
import java.util.Map;

/**
 * How many different items a window has: exactly as long as they are no more than the places, and
 * of those beyond about, by a sketch.
 */
final class DistinctItems {

    private static final int DIFFERENT = 0;
    private static final int OTHERS = 1;

    /** The items that have a place; the number says nothing more. */
    private final MapView<Row, Long> counts;

    /** By the end of a window, how many items have a place, and the sketch of all others. */
    private final MapView<Long, Row> windows;

    private final int places;

    DistinctItems(MapView<Row, Long> counts, MapView<Long, Row> windows, int places) {
        this.counts = counts;
        this.windows = windows;
        this.places = places;
    }

    /** Counts an item if it is new. */
    void add(long end, Object item) throws Exception {
        Row key = Row.of(end, item);
        if (counts.contains(key)) {
            return;
        }
        Row window = windows.get(end);
        int different = window == null ? 0 : window.<Integer>getFieldAs(DIFFERENT);
        DistinctSketch others = window == null ? null : window.getFieldAs(OTHERS);
        if (different < places) {
            counts.put(key, 1L);
            windows.put(end, Row.of(different + 1, others));
            return;
        }
        if (others == null) {
            others = new DistinctSketch();
        }
        others.add(item);
        windows.put(end, Row.of(different, others));
    }

    /** The number of a window's items, which is forgotten. */
    long close(long end) throws Exception {
        long different = 0;
        Iterator<Map.Entry<Row, Long>> entries = counts.iterator();
        while (entries.hasNext()) {
            if (entries.next().getKey().<Long>getFieldAs(0) == end) {
                different++;
                entries.remove();
            }
        }
        Row window = windows.get(end);
        windows.remove(end);
        DistinctSketch others = window == null ? null : window.getFieldAs(OTHERS);
        return different + (others == null ? 0 : others.estimate());
    }
}
