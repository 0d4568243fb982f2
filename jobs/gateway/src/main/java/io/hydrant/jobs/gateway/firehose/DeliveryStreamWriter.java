package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.document.ServedStream;
import io.hydrant.kinesis.sink.AcknowledgingPutter;
import io.hydrant.kinesis.sink.PutEntry;
import io.hydrant.kinesis.sink.PutStats;
import io.hydrant.kinesis.sink.RecordReceipt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Writes records of a delivery stream into the Kinesis stream behind it. Thread-safe. */
public final class DeliveryStreamWriter implements AutoCloseable {

    /** About what one aggregate holds. */
    private static final long RUN_BYTES = 48 * 1024;

    private final ServedStream served;
    private final AcknowledgingPutter putter;
    private final KeyRuns keys = new KeyRuns(RUN_BYTES);

    /** Takes the putter over, closes it with itself. */
    public DeliveryStreamWriter(ServedStream served, AcknowledgingPutter putter) {
        this.served = Objects.requireNonNull(served, "served");
        this.putter = Objects.requireNonNull(putter, "putter");
    }

    /** What it writes. */
    public ServedStream served() {
        return served;
    }

    /**
     * Writes records.
     *
     * @return one receipt for each, when each has one; null where there is no room for them now
     */
    CompletableFuture<List<RecordReceipt>> write(List<byte[]> records) {
        return write(records, Collections.nCopies(records.size(), null));
    }

    /**
     * Writes records with partition keys.
     *
     * @param partitionKeys one for each record; null for one whose key is to be drawn
     * @return as above
     * @throws IllegalStateException when this was closed
     */
    public CompletableFuture<List<RecordReceipt>> write(
            List<byte[]> records, List<String> partitionKeys) {
        List<PutEntry> entries = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            byte[] data = records.get(i);
            String key = partitionKeys.get(i);
            entries.add(new PutEntry(key == null ? keys.next(data.length) : key, data));
        }
        return putter.put(entries);
    }

    /** How far it has come. */
    public PutStats stats() {
        return putter.stats();
    }

    @Override
    public void close() {
        putter.close();
    }
}
