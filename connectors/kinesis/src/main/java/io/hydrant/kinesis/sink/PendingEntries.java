package io.hydrant.kinesis.sink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The room between those who give records and those who put them: bounded, fresh records in order,
 * failed ones by the time when they may be put again.
 *
 * <p>Thread-safe.
 */
final class PendingEntries {

    private final int maxBatchRecords;
    private final int maxBatchBytes;
    private final int maxRecords;
    private final long maxBytes;
    private final long lingerNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition batchMayBeReady = lock.newCondition();
    private final Condition roomMayBeFree = lock.newCondition();

    private final Queue<PendingEntry> fresh = new ArrayDeque<>();
    private final Queue<PendingEntry> failed =
            new PriorityQueue<>(
                    (a, b) ->
                            a.nanos != b.nanos
                                    ? Long.signum(a.nanos - b.nanos)
                                    : Long.compare(a.number, b.number));
    private long freshBytes;
    private long added;
    private int records;
    private long bytes;
    private int flushing;
    private boolean closed;
    private RuntimeException failure;

    PendingEntries(
            int maxBatchRecords,
            int maxBatchBytes,
            int maxRecords,
            long maxBytes,
            Duration linger) {
        this.maxBatchRecords = maxBatchRecords;
        this.maxBatchBytes = maxBatchBytes;
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.lingerNanos = linger.toNanos();
    }

    /** Adds a record as soon as there is room for it; alone, it always has. */
    void add(PutEntry entry) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isUsable()
                    && records > 0
                    && (records >= maxRecords || bytes + entry.sizeBytes() > maxBytes)) {
                roomMayBeFree.await();
            }
            requireUsable();
            boolean wasReady = isFull();
            fresh.add(new PendingEntry(entry, added++, System.nanoTime()));
            freshBytes += entry.sizeBytes();
            records++;
            bytes += entry.sizeBytes();
            if (fresh.size() == 1 || (!wasReady && isFull())) {
                batchMayBeReady.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds records that belong together, all of them or none; alone, they always have room.
     *
     * @return whether there was room
     * @throws IllegalStateException when this was closed
     */
    boolean offer(List<? extends PendingEntry> entries) {
        long offered = 0;
        for (PendingEntry entry : entries) {
            offered += entry.entry.sizeBytes();
        }
        lock.lock();
        try {
            requireUsable();
            if (records > 0
                    && (records + entries.size() > maxRecords || bytes + offered > maxBytes)) {
                return false;
            }
            fresh.addAll(entries);
            freshBytes += offered;
            records += entries.size();
            bytes += offered;
            batchMayBeReady.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every record added so far is gone. */
    void awaitEmpty() throws InterruptedException {
        lock.lockInterruptibly();
        flushing++;
        try {
            batchMayBeReady.signalAll();
            while (isUsable() && records > 0) {
                roomMayBeFree.await();
            }
            requireUsable();
        } finally {
            flushing--;
            lock.unlock();
        }
    }

    /** Waits for a batch that is full, old enough or asked for; null when there will be none. */
    List<PendingEntry> nextBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isUsable()) {
                long now = System.nanoTime();
                long wait = nanosUntilReady(now);
                if (wait <= 0) {
                    return take(now);
                }
                if (wait == Long.MAX_VALUE) {
                    batchMayBeReady.await();
                } else {
                    batchMayBeReady.awaitNanos(wait);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait for a batch: frees what was taken, keeps what has to be put again. */
    void done(List<PendingEntry> batch, List<PendingEntry> again, Duration pause) {
        lock.lock();
        try {
            for (PendingEntry member : batch) {
                records--;
                bytes -= member.entry.sizeBytes();
            }
            long due = System.nanoTime() + pause.toNanos();
            for (PendingEntry member : again) {
                member.nanos = due;
                failed.add(member);
                records++;
                bytes += member.entry.sizeBytes();
            }
            roomMayBeFree.signalAll();
            batchMayBeReady.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void fail(RuntimeException reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    PutStats stats(PutCounters counters) {
        lock.lock();
        try {
            return counters.snapshot(records, bytes);
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntilReady(long now) {
        long wait = Long.MAX_VALUE;
        if (!failed.isEmpty()) {
            wait = failed.peek().nanos - now;
        }
        if (!fresh.isEmpty()) {
            wait =
                    isFull() || flushing > 0
                            ? 0
                            : Math.min(wait, fresh.peek().nanos + lingerNanos - now);
        }
        return wait;
    }

    private boolean isFull() {
        return fresh.size() >= maxBatchRecords || freshBytes >= maxBatchBytes;
    }

    /** Failed records whose time has come go first, then fresh ones fill the batch up. */
    private List<PendingEntry> take(long now) {
        List<PendingEntry> batch = new ArrayList<>();
        long batchBytes = 0;
        while (!failed.isEmpty()
                && failed.peek().nanos - now <= 0
                && fits(batch, batchBytes, failed.peek())) {
            batchBytes += failed.peek().entry.sizeBytes();
            batch.add(failed.poll());
        }
        while (!fresh.isEmpty() && fits(batch, batchBytes, fresh.peek())) {
            int size = fresh.peek().entry.sizeBytes();
            batchBytes += size;
            freshBytes -= size;
            batch.add(fresh.poll());
        }
        if (!fresh.isEmpty() || !failed.isEmpty()) {
            // Somebody else has to watch over what is left, while this batch is put.
            batchMayBeReady.signal();
        }
        return batch;
    }

    private boolean fits(List<PendingEntry> batch, long batchBytes, PendingEntry next) {
        return batch.isEmpty()
                || (batch.size() < maxBatchRecords
                        && batchBytes + next.entry.sizeBytes() <= maxBatchBytes);
    }

    private boolean isUsable() {
        return !closed && failure == null;
    }

    private void requireUsable() {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new IllegalStateException("The putter is closed");
        }
    }

    private void wakeAll() {
        roomMayBeFree.signalAll();
        batchMayBeReady.signalAll();
    }
}
