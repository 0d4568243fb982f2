package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a batch go unless too many batches or bytes are on their way.
 *
 * <p>Failed records do not shrink it: they are those of a hot shard, as a rule, and the others'
 * batches must go on; a failed batch keeps its place here during its pause, which slows down
 * enough.
 */
final class InFlightLimit implements RateLimitingStrategy {

    private final int maxBatches;
    private final long maxBytes;
    private final int maxBatchRecords;
    private final AtomicLong bytes = new AtomicLong();
    private int batches;

    InFlightLimit(int maxBatches, long maxBytes, int maxBatchRecords) {
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
        this.maxBatchRecords = maxBatchRecords;
    }

    /** Bytes on their way. */
    long bytes() {
        return bytes.get();
    }

    void startBytes(long count) {
        bytes.addAndGet(count);
    }

    /** Called by any thread. */
    void endBytes(long count) {
        bytes.addAndGet(-count);
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        batches++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        batches--;
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return batches >= maxBatches || bytes.get() >= maxBytes;
    }

    @Override
    public int getMaxBatchSize() {
        return maxBatchRecords;
    }
}
