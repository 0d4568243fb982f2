package io.hydrant.localstack.fakes.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often each action was asked for, and when first and last. */
public final class RequestLog {

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * One action's line.
     *
     * @param count requests answered, also with an error
     * @param firstStartMillis when the first one came in, milliseconds since the epoch
     * @param lastEndMillis when the last one was answered, milliseconds since the epoch
     */
    public record Entry(long count, long firstStartMillis, long lastEndMillis) {

        private Entry plus(Entry other) {
            return new Entry(
                    count + other.count,
                    Math.min(firstStartMillis, other.firstStartMillis),
                    Math.max(lastEndMillis, other.lastEndMillis));
        }
    }

    /** Requests of one action. */
    public long count(String action) {
        Entry entry = entries.get(action);
        return entry == null ? 0 : entry.count();
    }

    /** Requests of all actions. */
    public long total() {
        return entries.values().stream().mapToLong(Entry::count).sum();
    }

    /** All lines, by action. */
    public Map<String, Entry> snapshot() {
        return new TreeMap<>(entries);
    }

    /** Forgets all requests so far. */
    public void clear() {
        entries.clear();
    }

    void record(String action, long startMillis, long endMillis) {
        entries.merge(action, new Entry(1, startMillis, endMillis), Entry::plus);
    }
}
