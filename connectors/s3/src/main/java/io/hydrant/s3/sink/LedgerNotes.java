package io.hydrant.s3.sink;

import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a writer has taken in since the last checkpoint that goes into the ledger and into no
 * object: dropped records, what was lost, where reading began.
 *
 * <p>Not thread-safe.
 */
final class LedgerNotes {

    private final S3SinkConfig config;
    private final List<LostRange> lost = new ArrayList<>();
    private final List<ReadingBegin> begins = new ArrayList<>();
    private LedgerTally dropped = new LedgerTally();

    LedgerNotes(S3SinkConfig config) {
        this.config = config;
    }

    void dropped(DeliveryRecord record) {
        dropped.add(record.envelope(), record.part());
    }

    void lost(LostRange range) {
        lost.add(range);
    }

    void begun(ReadingBegin begin) {
        begins.add(begin);
    }

    /** Hands everything over for the commit. */
    List<S3Committable> take() {
        String stream = config.naming().streamName();
        String version = config.naming().streamVersion();
        List<S3Committable> committables = new ArrayList<>();
        if (!dropped.isEmpty()) {
            committables.add(
                    S3Committable.ofLedgerOnly(
                            LedgerEntry.withoutObject(
                                    UUID.randomUUID(),
                                    config.role().droppedKind(),
                                    dropped,
                                    stream,
                                    version)));
            dropped = new LedgerTally();
        }
        for (LostRange range : lost) {
            committables.add(
                    S3Committable.ofLedgerOnly(
                            LedgerEntry.ofLost(UUID.randomUUID(), range, stream, version)));
        }
        lost.clear();
        if (!begins.isEmpty()) {
            committables.add(
                    S3Committable.ofLedgerOnly(
                            LedgerEntry.ofBegun(UUID.randomUUID(), begins, stream, version)));
            begins.clear();
        }
        return committables;
    }
}
