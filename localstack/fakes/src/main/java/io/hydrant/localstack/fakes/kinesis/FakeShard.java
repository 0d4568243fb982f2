package io.hydrant.localstack.fakes.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * One shard: its place in the ring and in the family tree, and its records. Guarded by its stream.
 */
final class FakeShard {

    private static final long OPEN = -1;

    final String id;
    final String parent;
    final String adjacentParent;
    final BigInteger startHash;
    final BigInteger endHash;
    final long startOrdinal;
    final ReadThrottle throttle = new ReadThrottle();
    private final List<FakeShard> children = new ArrayList<>(2);
    private final ArrayList<StoredRecord> records = new ArrayList<>();
    private long endOrdinal = OPEN;
    private long closedMillis = OPEN;
    final long createdMillis;

    FakeShard(
            String id,
            FakeShard parent,
            FakeShard adjacentParent,
            BigInteger startHash,
            BigInteger endHash,
            long startOrdinal,
            long createdMillis) {
        this.id = id;
        this.parent = parent == null ? null : parent.id;
        this.adjacentParent = adjacentParent == null ? null : adjacentParent.id;
        this.startHash = startHash;
        this.endHash = endHash;
        this.startOrdinal = startOrdinal;
        this.createdMillis = createdMillis;
    }

    boolean isOpen() {
        return endOrdinal == OPEN;
    }

    /** Last sequence number of a closed shard. */
    long endOrdinal() {
        return endOrdinal;
    }

    long closedMillis() {
        return closedMillis;
    }

    List<FakeShard> children() {
        return children;
    }

    void close(long lastOrdinal, long nowMillis) {
        endOrdinal = lastOrdinal;
        closedMillis = nowMillis;
    }

    void addChild(FakeShard child) {
        children.add(child);
    }

    boolean covers(BigInteger hash) {
        return startHash.compareTo(hash) <= 0 && endHash.compareTo(hash) >= 0;
    }

    void append(StoredRecord stored) {
        records.add(stored);
    }

    /** Forgets all records before {@code ordinal}, as retention does. */
    void trimBefore(long ordinal) {
        records.subList(0, indexAtOrAfter(ordinal)).clear();
    }

    /** Index of the first record at or after {@code ordinal}; the count of records if none is. */
    int indexAtOrAfter(long ordinal) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).ordinal() < ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Ordinal of the first record that arrived at or after {@code millis}, or {@code otherwise}.
     */
    long ordinalArrivedFrom(long millis, long otherwise) {
        for (StoredRecord stored : records) {
            if (stored.arrivalMillis() >= millis) {
                return stored.ordinal();
            }
        }
        return otherwise;
    }

    List<StoredRecord> records() {
        return records;
    }
}
