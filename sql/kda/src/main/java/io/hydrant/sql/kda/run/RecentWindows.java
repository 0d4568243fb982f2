package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The windows of the keys that were used last, up to a number of rows in all of them. */
final class RecentWindows {

    private static final float LOAD = 0.75f;
    private static final int MOST_ROWS = 200_000;

    private final Map<RowData, Entry> entries = new LinkedHashMap<>(16, LOAD, true);
    private long rows;

    private record Entry(SlidingWindows windows, int rows) {}

    /** The windows of a key, or null. */
    SlidingWindows get(RowData key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.windows();
    }

    void put(RowData key, SlidingWindows windows) {
        remove(key);
        entries.put(key, new Entry(windows, windows.size()));
        rows += windows.size();
        Iterator<Entry> eldest = entries.values().iterator();
        while (rows > MOST_ROWS && entries.size() > 1) {
            rows -= eldest.next().rows();
            eldest.remove();
        }
    }

    void remove(RowData key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            rows -= entry.rows();
        }
    }
}
