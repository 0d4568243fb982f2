package io.hydrant.kinesis.sink;

import java.util.concurrent.atomic.LongAdder;

/** What was put so far; counted by many threads. */
final class PutCounters {

    final LongAdder records = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder calls = new LongAdder();
    final LongAdder kinesisRecords = new LongAdder();
    final LongAdder retriedRecords = new LongAdder();
    final LongAdder throttledRecords = new LongAdder();

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
}
