package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Lets a batch go unless too many batches or bytes are on their way.
 *
 * <p>Failed records do not shrink it: they are those of a hot shard, as a rule, and the others'
 * batches must go on. For the same reason a batch counts no more once what is left of it waits out
 * its pause; then its records count, so that the pauses of a hot shard hold up the others only when
 * they have used up the room for waiting records.
 *
 * <p>Bytes may end on any thread; all else belongs to the task's.
 */
final class InFlightLimit implements RateLimitingStrategy {

    private final int maxBatches;
    private final long maxBytes;
    private final int maxBatchRecords;
    private final int maxPausedRecords;
    private final BooleanSupplier waitsForKeys;
    private final AtomicLong bytes = new AtomicLong();
    private int batches;
    private int pausedRecords;

    /**
     * A limit.
     *
     * @param waitsForKeys whether all records that wait have to wait for others on their way
     */
    InFlightLimit(
            int maxBatches,
            long maxBytes,
            int maxBatchRecords,
            int maxPausedRecords,
            BooleanSupplier waitsForKeys) {
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
        this.maxBatchRecords = maxBatchRecords;
        this.maxPausedRecords = maxPausedRecords;
        this.waitsForKeys = waitsForKeys;
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

    /** So many records of a batch have failed and pause; the rest of it is done. */
    void startPause(int records) {
        batches--;
        pausedRecords += records;
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        batches++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        // A batch ends with failed records after their pause, and in no other way.
        if (result.getFailedMessages() > 0) {
            pausedRecords -= result.getFailedMessages();
        } else {
            batches--;
        }
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return batches >= maxBatches
                || bytes.get() >= maxBytes
                || pausedRecords >= maxPausedRecords
                || waitsForKeys.getAsBoolean();
    }

    @Override
    public int getMaxBatchSize() {
        return maxBatchRecords;
    }
}
