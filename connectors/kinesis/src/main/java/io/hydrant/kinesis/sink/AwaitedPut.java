package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.sink.RecordReceipt.Fate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Records that were given together, and whoever waits for them. Thread-safe. */
final class AwaitedPut {

    /** One of the records. */
    static final class Entry extends PendingEntry {

        final AwaitedPut put;
        final int place;

        private Entry(AwaitedPut put, int place, PutEntry entry, long number, long nanos) {
            super(entry, number, nanos);
            this.put = put;
            this.place = place;
        }
    }

    private final CompletableFuture<List<RecordReceipt>> answer = new CompletableFuture<>();
    private final List<Entry> entries;
    private final String[] recordIds;
    private final RecordReceipt[] receipts;
    private final long deadlineNanos;
    private int open;

    /**
     * Records to wait for.
     *
     * @param firstNumber place of the first among all that were given
     * @param deadlineNanos when they are given up, as {@link System#nanoTime}
     */
    AwaitedPut(
            List<PutEntry> records,
            String[] recordIds,
            long firstNumber,
            long nowNanos,
            long deadlineNanos) {
        this.recordIds = recordIds;
        this.deadlineNanos = deadlineNanos;
        this.receipts = new RecordReceipt[records.size()];
        this.open = records.size();
        this.entries = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            entries.add(new Entry(this, i, records.get(i), firstNumber + i, nowNanos));
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** When its records are given up. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** One receipt for each record, once all have one. */
    CompletableFuture<List<RecordReceipt>> answer() {
        return answer;
    }

    /** Decides what became of a record; what was decided before stands. */
    void settle(int place, Fate fate, String reason) {
        List<RecordReceipt> complete;
        synchronized (this) {
            if (receipts[place] != null) {
                return;
            }
            receipts[place] = new RecordReceipt(recordIds[place], fate, reason);
            open--;
            if (open > 0) {
                return;
            }
            complete = Arrays.asList(receipts);
        }
        answer.complete(complete);
    }

    /** Decides for every record that is open. */
    void settleRest(Fate fate, String reason) {
        for (int i = 0; i < recordIds.length; i++) {
            settle(i, fate, reason);
        }
    }
}
