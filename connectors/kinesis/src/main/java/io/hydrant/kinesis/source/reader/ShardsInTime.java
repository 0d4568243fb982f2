package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The queue of a task's batches as the task sees it: of the batches that are there, it gives the
 * records in the order of their arrival, a few at a time, and not one batch behind the other. A
 * batch of one shard in a backlog is hours of it; windows and joins would have to keep them until
 * the batches of the other shards had come as far.
 *
 * <p>Nothing waits for a batch that is not there. A batch that is, does not wait for more than
 * {@link #MOST_OVERTAKING} records of others, so that a shard with a backlog holds up no other.
 *
 * <p>The task's thread alone takes from it; threads that read put into the queue behind it.
 */
final class ShardsInTime extends FutureCompletingBlockingQueue<RecordsWithSplitIds<Envelope>> {

    /** About as many as a call of GetRecords gives. */
    static final int MOST_OVERTAKING = 10_000;

    /** Records that are emitted before it looks for further batches. */
    static final int PORTION = 512;

    /** So far may a shard run ahead of others, for going from shard to shard takes time. */
    static final long LEAD_MILLIS = 100;

    private final FutureCompletingBlockingQueue<RecordsWithSplitIds<Envelope>> read;

    /** The batches of all shards, those of a shard in their order. */
    private final List<Waiting> waiting = new ArrayList<>();

    /** By which a thread of Flink's sees that all it had read is emitted, or null. */
    private RecordsWithSplitIds<Envelope> mark;

    private long emitted;

    ShardsInTime(FutureCompletingBlockingQueue<RecordsWithSplitIds<Envelope>> read) {
        super(1);
        this.read = read;
    }

    /** A batch that is not emitted yet. */
    private static final class Waiting {

        private final ShardBatch batch;

        /** Whether it is the next of its shard. */
        private boolean isFirst;

        /** How many records, without its own, had been emitted when its turn came in its shard. */
        private long since = Long.MAX_VALUE;

        Waiting(ShardBatch batch, boolean isFirst) {
            this.batch = batch;
            this.isFirst = isFirst;
        }

        long overtaking(long emitted) {
            since = Math.min(since, emitted);
            return emitted - since;
        }
    }

    @Override
    public RecordsWithSplitIds<Envelope> poll() {
        while (mark == null) {
            RecordsWithSplitIds<Envelope> batch = read.poll();
            if (batch == null) {
                break;
            }
            if (!(batch instanceof ShardBatch shard)) {
                mark = batch;
            } else if (shard.shard() != null) {
                waiting.add(new Waiting(shard, firstOf(shard.shard()) == null));
            }
        }
        if (!waiting.isEmpty()) {
            return new Portion();
        }
        RecordsWithSplitIds<Envelope> reached = mark;
        mark = null;
        return reached;
    }

    private Waiting firstOf(String shard) {
        for (Waiting one : waiting) {
            if (one.batch.shard().equals(shard)) {
                return one;
            }
        }
        return null;
    }

    @Override
    public CompletableFuture<Void> getAvailabilityFuture() {
        return isBehind() ? AVAILABLE : read.getAvailabilityFuture();
    }

    @Override
    public boolean isEmpty() {
        return !isBehind() && read.isEmpty();
    }

    /**
     * The task takes nothing any more. Threads that wait until what they had read is emitted look
     * for that in the queue behind this one only, so what was taken from there is let go of here.
     */
    void letGo() {
        waiting.forEach(one -> one.batch.recycle());
        waiting.clear();
        if (mark != null) {
            mark.recycle();
            mark = null;
        }
    }

    private boolean isBehind() {
        return mark != null || !waiting.isEmpty();
    }

    @Override
    public int size() {
        return waiting.size() + (mark == null ? 0 : 1) + read.size();
    }

    @Override
    public boolean put(int thread, RecordsWithSplitIds<Envelope> batch)
            throws InterruptedException {
        return read.put(thread, batch);
    }

    @Override
    public void notifyAvailable() {
        read.notifyAvailable();
    }

    @Override
    public RecordsWithSplitIds<Envelope> take() {
        throw new UnsupportedOperationException("The task polls");
    }

    @Override
    public RecordsWithSplitIds<Envelope> peek() {
        throw new UnsupportedOperationException("The task polls");
    }

    @Override
    public int remainingCapacity() {
        return read.remainingCapacity();
    }

    @Override
    public void wakeUpPuttingThread(int thread) {
        read.wakeUpPuttingThread(thread);
    }

    /** The next records, until a batch is over or there are enough of them. */
    private final class Portion implements RecordsWithSplitIds<Envelope> {

        private int left = PORTION;
        private boolean isOver;
        private Waiting current;
        private long until;

        @Override
        public String nextSplit() {
            if (isOver || left == 0) {
                return null;
            }
            choose();
            return current.batch.shard();
        }

        /** The batch that has waited too long, else that whose next record arrived first. */
        private void choose() {
            Waiting first = null;
            long earliest = Long.MAX_VALUE;
            long next = Long.MAX_VALUE;
            for (Waiting one : waiting) {
                if (!one.isFirst) {
                    continue;
                }
                Envelope head = one.batch.peek();
                if (one.overtaking(emitted) > MOST_OVERTAKING || head == null) {
                    current = one;
                    until = Long.MAX_VALUE;
                    return;
                }
                long arrival = head.arrivalMillis();
                if (first == null || arrival < earliest) {
                    next = earliest;
                    earliest = arrival;
                    first = one;
                } else {
                    next = Math.min(next, arrival);
                }
            }
            current = first;
            until = next > Long.MAX_VALUE - LEAD_MILLIS ? Long.MAX_VALUE : next + LEAD_MILLIS;
        }

        @Override
        public Envelope nextRecordFromSplit() {
            Envelope head = current.batch.peek();
            if (head == null) {
                isOver = true;
                return null;
            }
            if (left == 0 || head.arrivalMillis() > until) {
                return null;
            }
            left--;
            emitted++;
            current.since++;
            return current.batch.nextRecordFromSplit();
        }

        @Override
        public Set<String> finishedSplits() {
            return isOver ? current.batch.finishedSplits() : Set.of();
        }

        @Override
        public void recycle() {
            if (isOver) {
                waiting.remove(current);
                Waiting following = firstOf(current.batch.shard());
                if (following != null) {
                    following.isFirst = true;
                }
                current.batch.recycle();
            }
        }
    }
}
