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

    private static final class Entry {

        private final SlidingWindows windows;
        private int rows;

        Entry(SlidingWindows windows) {
            this.windows = windows;
        }
    }

    /** The windows of a key, or null. */
    SlidingWindows get(RowData key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.windows;
    }

    /** Keeps the windows of a key, whose rows may have changed since they were kept before. */
    void put(RowData key, SlidingWindows windows) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(windows);
            entries.put(key, entry);
        }
        rows += windows.size() - entry.rows;
        entry.rows = windows.size();
        Iterator<Entry> eldest = entries.values().iterator();
        while (rows > MOST_ROWS && entries.size() > 1) {
            rows -= eldest.next().rows;
            eldest.remove();
        }
    }

    void remove(RowData key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            rows -= entry.rows;
        }
    }
}
