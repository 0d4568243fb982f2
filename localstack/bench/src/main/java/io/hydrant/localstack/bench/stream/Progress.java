package io.hydrant.localstack.bench.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** How far the one run of this JVM has come: records, and when the JVM was warm. */
public final class Progress {

    /** The part of a run that only warms the JVM up. */
    private static final int WARM_UP_SHARE = 3;

    /** One for each subtask, which alone writes to it. */
    private static final List<AtomicLong> COUNTS = new CopyOnWriteArrayList<>();

    private static final AtomicLong FIRST_MILLIS = new AtomicLong();

    private final long expected;
    private long warmMillis;
    private long warmRecords;

    /** A run of that many records. */
    public Progress(long expected) {
        this.expected = expected;
    }

    /** A count for one subtask that has its first record. */
    static AtomicLong newCount() {
        FIRST_MILLIS.compareAndSet(0, System.currentTimeMillis());
        AtomicLong count = new AtomicLong();
        COUNTS.add(count);
        return count;
    }

    /** Adds one to a subtask's own count; cheaper than an atomic addition. */
    static void countOne(AtomicLong count) {
        count.lazySet(count.getPlain() + 1);
    }

    /** Records of all subtasks so far. */
    public static long counted() {
        long total = 0;
        for (AtomicLong one : COUNTS) {
            total += one.get();
        }
        return total;
    }

    /** When the first one came, 0 if none did. */
    public static long firstMillis() {
        return FIRST_MILLIS.get();
    }

    /** Tells how many records there are; false while some are missing. */
    public boolean at(long records) {
        if (warmMillis == 0 && records >= expected / WARM_UP_SHARE) {
            warmMillis = System.currentTimeMillis();
            warmRecords = records;
        }
        return records >= expected;
    }

    /** Records of the whole run. */
    public long expected() {
        return expected;
    }

    /** When the warm-up had passed. */
    public long warmMillis() {
        return warmMillis;
    }

    /** Records by then. */
    public long warmRecords() {
        return warmRecords;
    }
}
