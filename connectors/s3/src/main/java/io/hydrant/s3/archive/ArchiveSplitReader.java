package io.hydrant.s3.archive;

import io.hydrant.core.record.Envelope;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ObjectStore;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads objects a batch of records at a time. */
final class ArchiveSplitReader implements SplitReader<Envelope, ArchiveSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSplitReader.class);
    private static final int BATCH_RECORDS = 500;
    private static final long BATCH_BYTES = 1024 * 1024;

    private final ArchiveConfig config;
    private final ObjectStore store;
    private final DeliveredObjects objects;
    private final Counter unreadable;
    private final Deque<ArchiveSplit> splits = new ArrayDeque<>();
    private ArchiveSplit current;
    private ArchiveObject object;

    /**
     * A reader that closes the store.
     *
     * @param unreadable counts objects whose rest was left out
     */
    ArchiveSplitReader(
            ArchiveConfig config, ObjectStore store, DeliveredObjects objects, Counter unreadable) {
        this.config = config;
        this.store = store;
        this.objects = objects;
        this.unreadable = unreadable;
    }

    @Override
    public RecordsWithSplitIds<Envelope> fetch() throws IOException {
        RecordsBySplits.Builder<Envelope> batch = new RecordsBySplits.Builder<>();
        try {
            if (current == null) {
                current = splits.poll();
            }
            if (current != null && read(batch)) {
                finish(batch);
            }
        } catch (UnreadableArchiveException e) {
            if (config.unreadable() == UnreadableObjects.FAIL) {
                throw e;
            }
            LOG.warn("The rest of an object is left out: {}", e.getMessage());
            unreadable.inc();
            finish(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while it read " + current, e);
        }
        return batch.build();
    }

    /** Whether the object has come to its end. */
    private boolean read(RecordsBySplits.Builder<Envelope> batch)
            throws IOException, InterruptedException {
        if (object == null) {
            object =
                    ArchiveObject.open(
                            config, objects, current.key(), current.lastModifiedMillis());
            for (long i = 0; i < current.read(); i++) {
                if (object.next() == null) {
                    return true;
                }
            }
        }
        long bytes = 0;
        for (int i = 0; i < BATCH_RECORDS && bytes < BATCH_BYTES; i++) {
            Envelope record = object.next();
            if (record == null) {
                return true;
            }
            bytes += record.payloadLength();
            batch.add(current, record);
        }
        return false;
    }

    private void finish(RecordsBySplits.Builder<Envelope> batch) throws IOException {
        batch.addFinishedSplit(current.splitId());
        current = null;
        closeObject();
    }

    private void closeObject() throws IOException {
        if (object != null) {
            object.close();
            object = null;
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ArchiveSplit> change) {
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        // A batch is there soon, or the store's own time-out ends the wait.
    }

    @Override
    public void close() throws Exception {
        try {
            closeObject();
        } finally {
            store.close();
        }
    }
}
