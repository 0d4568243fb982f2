package io.hydrant.launcher.autoscale;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the key with the most bytes among any number of keys, in little memory: where there are too
 * many, all are made smaller by the same, so that a key with more than one in a thousand of the
 * bytes never gets lost (Misra and Gries, "Finding repeated elements", 1982).
 */
final class KeyTally {

    private static final int KEYS = 1000;

    private final Map<String, Long> bytesByKey = new HashMap<>();
    private long bytes;

    void add(String key, long count) {
        bytes += count;
        bytesByKey.merge(key, count, Long::sum);
        if (bytesByKey.size() > KEYS) {
            long least = bytesByKey.values().stream().mapToLong(Long::longValue).min().orElse(0);
            bytesByKey.replaceAll((any, value) -> value - least);
            bytesByKey.values().removeIf(value -> value <= 0);
        }
    }

    /** The key with the most bytes, or null where there was none. */
    String top() {
        return bytesByKey.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Its part of all bytes, 0 to 1; too small by a thousandth at the most. */
    double topShare() {
        String top = top();
        return top == null || bytes == 0 ? 0 : (double) bytesByKey.get(top) / bytes;
    }
}
