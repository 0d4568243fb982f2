package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The records of a task that wait for their transform, in batches and in their order. Judges when a
 * batch is full, which may start, and which result may go on: never one before another that came
 * earlier.
 */
final class BatchQueue {

    private final BatchLimits limits;
    private final ToLongFunction<Envelope> requestBytes;

    /** Closed batches; the started ones come first. */
    private final Deque<RecordBatch> closed = new ArrayDeque<>();

    private RecordBatch open = new RecordBatch();
    private int started;
    private long waitingBytes;

    /**
     * An empty queue.
     *
     * @param requestBytes what a record adds to a request
     */
    BatchQueue(BatchLimits limits, ToLongFunction<Envelope> requestBytes) {
        this.limits = limits;
        this.requestBytes = requestBytes;
    }

    void add(PendingRecord record) {
        long size = requestBytes.applyAsLong(record.record());
        if (open.requestBytes() + size > limits.maxRequestBytes()) {
            closeBatch();
        }
        open.add(record, size);
        if (open.payloadBytes() >= limits.targetBytes()) {
            closeBatch();
        }
    }

    /** Ends the open batch, whatever its size. */
    void closeBatch() {
        if (!isOpenEmpty()) {
            closed.addLast(open);
            waitingBytes += open.payloadBytes();
            open = new RecordBatch();
        }
    }

    boolean isOpenEmpty() {
        return open.records().isEmpty();
    }

    boolean isEmpty() {
        return closed.isEmpty() && isOpenEmpty();
    }

    /** Whether there is a batch that may not start yet. */
    boolean isFull() {
        return started >= limits.maxInFlight() && closed.size() > started;
    }

    /** Payload of the batches that did not start yet. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** The next batch that may start, marked as started, or null. */
    RecordBatch start() {
        if (started >= limits.maxInFlight() || closed.size() <= started) {
            return null;
        }
        for (RecordBatch batch : closed) {
            if (!batch.isStarted()) {
                batch.start();
                started++;
                waitingBytes -= batch.payloadBytes();
                return batch;
            }
        }
        throw new IllegalStateException(started + " of " + closed.size() + " batches are started");
    }

    /** Takes out the oldest batch where its results are there, else null. */
    RecordBatch pollFinished() {
        RecordBatch oldest = closed.peekFirst();
        if (oldest == null || oldest.results() == null) {
            return null;
        }
        started--;
        return closed.removeFirst();
    }

    /** All records that wait, whether their batch is under way or not, in their order. */
    List<PendingRecord> pending() {
        List<PendingRecord> pending = new ArrayList<>();
        for (Iterator<RecordBatch> batches = closed.iterator(); batches.hasNext(); ) {
            pending.addAll(batches.next().records());
        }
        pending.addAll(open.records());
        return pending;
    }
}
