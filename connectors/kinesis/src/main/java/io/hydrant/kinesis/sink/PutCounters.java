package io.hydrant.kinesis.sink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was put so far; counted by many threads. */
class PutCounters {

    /** The service documents a dozen; whatever speaks its API might send others without end. */
    private static final int MAX_ERROR_CODES = 32;

    final LongAdder records = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder calls = new LongAdder();
    final LongAdder kinesisRecords = new LongAdder();
    final LongAdder kinesisBytes = new LongAdder();
    final LongAdder retriedRecords = new LongAdder();
    final LongAdder throttledRecords = new LongAdder();
    final LongAdder allErrors = new LongAdder();
    private final Map<String, LongAdder> errorsByCode = new ConcurrentHashMap<>();

    PutStats snapshot(int pendingRecords, long pendingBytes) {
        return new PutStats(
                records.sum(),
                bytes.sum(),
                calls.sum(),
                kinesisRecords.sum(),
                retriedRecords.sum(),
                throttledRecords.sum(),
                pendingRecords,
                pendingBytes);
    }

    /** A Kinesis record, or a call as a whole, has failed. */
    final void error(String code) {
        allErrors.increment();
        LongAdder count = errorsByCode.get(code);
        if (count == null) {
            count =
                    errorsByCode.computeIfAbsent(
                            errorsByCode.size() < MAX_ERROR_CODES ? code : "Other",
                            this::firstError);
        }
        count.increment();
    }

    /** How long the record that waited longest for its batch has waited. */
    void waited(long millis) {}

    /** How long a call took. */
    void requestTook(long millis) {}

    /** An error code came for the first time; called once for each, from any thread. */
    void firstError(String code, LongAdder count) {}

    private LongAdder firstError(String code) {
        LongAdder count = new LongAdder();
        firstError(code, count);
        return count;
    }
}
