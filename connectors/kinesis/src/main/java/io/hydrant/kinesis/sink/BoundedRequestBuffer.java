package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Records that wait for their batch. The writer asks it for its size only, and holds back its input
 * when that reaches a limit; so it calls itself that full as well once its bytes do.
 */
final class BoundedRequestBuffer implements RequestBuffer<PutEntry> {

    private final RequestBuffer<PutEntry> waiting;
    private final int maxRecords;
    private final long maxBytes;
    private final LongSupplier bytesInFlight;

    BoundedRequestBuffer(
            RequestBuffer<PutEntry> waiting,
            int maxRecords,
            long maxBytes,
            LongSupplier bytesInFlight) {
        this.waiting = waiting;
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.bytesInFlight = bytesInFlight;
    }

    @Override
    public void add(RequestEntryWrapper<PutEntry> entry, boolean first) {
        waiting.add(entry, first);
    }

    @Override
    public RequestEntryWrapper<PutEntry> poll() {
        return waiting.poll();
    }

    @Override
    public RequestEntryWrapper<PutEntry> peek() {
        return waiting.peek();
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public int size() {
        // Never full while empty: the writer would look for a batch in vain, forever.
        return !waiting.isEmpty() && totalSizeInBytes() + bytesInFlight.getAsLong() >= maxBytes
                ? Math.max(waiting.size(), maxRecords)
                : waiting.size();
    }

    @Override
    public Collection<RequestEntryWrapper<PutEntry>> getBufferedState() {
        return waiting.getBufferedState();
    }

    @Override
    public long totalSizeInBytes() {
        return waiting.totalSizeInBytes();
    }
}
