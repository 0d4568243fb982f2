package io.hydrant.launcher.soak.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was put and what has come out, per partition key. The records of a key are numbered as they
 * are put, so each must come out one behind the one before: that is both once and in order.
 */
final class KeyLedger {

    private final Map<String, Long> put = new TreeMap<>();
    private final Map<String, Long> out = new TreeMap<>();

    /** The number of the next record of the key. */
    long nextOf(String key) {
        return put.merge(key, 1L, Long::sum);
    }

    /** A record has come out. */
    void cameOut(String key, long number) {
        long before = out.getOrDefault(key, 0L);
        if (number != before + 1) {
            throw new Violation(
                    "Record "
                            + number
                            + " of key "
                            + key
                            + " came out behind record "
                            + before
                            + (number <= before ? ": again" : ": what lies between is missing"));
        }
        out.put(key, number);
    }

    /** A failure undoes that the record has come out. */
    void undone(String key) {
        out.merge(key, -1L, Long::sum);
    }

    /** Records put so far. */
    long total() {
        return put.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether everything that was put has come out. */
    boolean isEven() {
        return put.equals(out);
    }

    /** What is missing, key by key. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        put.forEach(
                (key, count) -> {
                    long came = out.getOrDefault(key, 0L);
                    if (came < count) {
                        missing.add(key + " from record " + (came + 1) + " of " + count);
                    }
                });
        return missing;
    }
}
