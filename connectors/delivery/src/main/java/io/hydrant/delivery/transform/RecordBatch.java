package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.TransformResult;

import java.util.ArrayList;
import java.util.List;

/** Pending records that are transformed together, and their results once they are there. */
final class RecordBatch {

    private final List<PendingRecord> records = new ArrayList<>();
    private long payloadBytes;
    private long requestBytes;
    private boolean started;
    private List<TransformResult> results;

    void add(PendingRecord record, long recordRequestBytes) {
        records.add(record);
        payloadBytes += record.record().payloadLength();
        requestBytes += recordRequestBytes;
    }

    List<PendingRecord> records() {
        return records;
    }

    List<Envelope> envelopes() {
        return records.stream().map(PendingRecord::record).toList();
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long requestBytes() {
        return requestBytes;
    }

    void start() {
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    /** Takes the results, one for each record. */
    void finish(List<TransformResult> newResults) {
        if (newResults.size() != records.size()) {
            throw new IllegalStateException(
                    "There are "
                            + newResults.size()
                            + " results for "
                            + records.size()
                            + " records");
        }
        results = newResults;
    }

    /** The results, null while they are not there. */
    List<TransformResult> results() {
        return results;
    }
}
