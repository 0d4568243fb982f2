package io.hydrant.sql.functions.anomaly;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is made from the state of a few keys, so that it is not made anew for every row. It is never
 * the truth: an entry counts only where it has seen as many rows as the state says, and else it is
 * made from the state, as after a restore.
 */
final class RecentlyUsed<K, V> {

    private static final int MOST = 128;

    private final Map<K, Entry<V>> entries =
            new LinkedHashMap<>(16, 0.75f, true) {

                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Entry<V>> eldest) {
                    return size() > MOST;
                }
            };

    /** The value that has seen so many rows, or null. */
    V get(K key, long seen) {
        Entry<V> entry = entries.get(key);
        return entry != null && entry.seen() == seen ? entry.value() : null;
    }

    void put(K key, long seen, V value) {
        entries.put(key, new Entry<>(seen, value));
    }

    private record Entry<V>(long seen, V value) {}
}
