package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.Batch;
import org.apache.flink.connector.base.sink.writer.BatchCreator;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that wait, one queue for each partition key. A key whose records are on their way waits
 * as a whole; the others go in the order in which they became free to go.
 *
 * <p>Used by the task's thread alone.
 */
final class KeyOrderBuffer implements RequestBuffer<PutEntry>, BatchCreator<PutEntry> {

    private final boolean severalOfAKey;
    private final long maxBatchBytes;
    private final Map<String, KeyQueue> queues = new HashMap<>();
    private final ArrayDeque<KeyQueue> ready = new ArrayDeque<>();
    private int count;
    private long bytes;

    /**
     * An empty buffer.
     *
     * @param severalOfAKey whether a batch may hold several records of a key, because whoever puts
     *     it keeps them in order
     */
    KeyOrderBuffer(boolean severalOfAKey, long maxBatchBytes) {
        this.severalOfAKey = severalOfAKey;
        this.maxBatchBytes = maxBatchBytes;
    }

    /** Whether records wait, all of them for others of their keys. */
    boolean waitsForKeys() {
        return ready.isEmpty() && count > 0;
    }

    /** None of the keys has records on their way any more. */
    void release(Collection<String> keys) {
        for (String key : keys) {
            KeyQueue queue = queues.get(key);
            if (queue != null && queue.onTheWay) {
                queue.onTheWay = false;
                if (queue.waiting.isEmpty()) {
                    queues.remove(key);
                } else {
                    ready.addLast(queue);
                }
            }
        }
    }

    /**
     * Adds a record. One that goes in front has failed: all that failed with it have to be added
     * before the next batch is made.
     */
    @Override
    public void add(RequestEntryWrapper<PutEntry> entry, boolean first) {
        String key = entry.getRequestEntry().partitionKey();
        KeyQueue queue = queues.computeIfAbsent(key, absent -> new KeyQueue());
        boolean wasReady = !queue.onTheWay && !queue.waiting.isEmpty();
        if (first) {
            queue.waiting.addFirst(entry);
            queue.onTheWay = false;
        } else {
            queue.waiting.addLast(entry);
        }
        if (!wasReady && !queue.onTheWay) {
            if (first) {
                ready.addFirst(queue);
            } else {
                ready.addLast(queue);
            }
        }
        count++;
        bytes += entry.getSize();
    }

    @Override
    public Batch<PutEntry> createNextBatch(RequestInfo request, RequestBuffer<PutEntry> buffer) {
        List<PutEntry> batch = new ArrayList<>();
        long batchBytes = 0;
        while (batch.size() < request.getBatchSize() && !ready.isEmpty()) {
            long size = peek().getSize();
            if (batchBytes + size > maxBatchBytes && !batch.isEmpty()) {
                break;
            }
            batchBytes += size;
            KeyQueue queue = ready.peek();
            batch.add(poll().getRequestEntry());
            while (severalOfAKey
                    && batch.size() < request.getBatchSize()
                    && !queue.waiting.isEmpty()
                    && batchBytes + queue.waiting.peek().getSize() <= maxBatchBytes) {
                batchBytes += queue.waiting.peek().getSize();
                batch.add(take(queue).getRequestEntry());
            }
        }
        return new Batch<>(batch, batchBytes);
    }

    /** Takes a record whose key is then on its way; null where none may go. */
    @Override
    public RequestEntryWrapper<PutEntry> poll() {
        KeyQueue queue = ready.poll();
        if (queue == null) {
            return null;
        }
        queue.onTheWay = true;
        return take(queue);
    }

    @Override
    public RequestEntryWrapper<PutEntry> peek() {
        return ready.isEmpty() ? null : ready.peek().waiting.peek();
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Collection<RequestEntryWrapper<PutEntry>> getBufferedState() {
        List<RequestEntryWrapper<PutEntry>> all = new ArrayList<>(count);
        queues.values().forEach(queue -> all.addAll(queue.waiting));
        return all;
    }

    @Override
    public long totalSizeInBytes() {
        return bytes;
    }

    private RequestEntryWrapper<PutEntry> take(KeyQueue queue) {
        RequestEntryWrapper<PutEntry> entry = queue.waiting.remove();
        count--;
        bytes -= entry.getSize();
        return entry;
    }

    /** What waits of one key. In {@link #ready} while it waits and none of it is on its way. */
    private static final class KeyQueue {

        private final ArrayDeque<RequestEntryWrapper<PutEntry>> waiting = new ArrayDeque<>(2);
        private boolean onTheWay;
    }
}
