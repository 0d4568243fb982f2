package io.hydrant.jobs.ingest.objects;

import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Reads objects a batch of records at a time. */
final class ObjectSplitReader implements SplitReader<LogRecord, ObjectSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectSplitReader.class);
    private static final int BATCH_RECORDS = 500;
    private static final long BATCH_BYTES = 1024 * 1024;

    private final QueueConfig config;
    private final ObjectOpener opener;
    private final Set<String> unreadable;
    private final Deque<ObjectSplit> splits = new ArrayDeque<>();
    private ObjectSplit current;
    private ObjectRecords records;
    private long number;

    /**
     * A reader.
     *
     * @param opener closed with this
     * @param unreadable takes the ids of objects that could not be read to their ends, before they
     *     count as finished
     */
    ObjectSplitReader(QueueConfig config, ObjectOpener opener, Set<String> unreadable) {
        this.config = config;
        this.opener = opener;
        this.unreadable = unreadable;
    }

    @Override
    public RecordsWithSplitIds<LogRecord> fetch() throws IOException {
        RecordsBySplits.Builder<LogRecord> batch = new RecordsBySplits.Builder<>();
        if (current == null) {
            current = splits.poll();
        }
        try {
            if (current != null && read(batch)) {
                finish(batch);
            }
        } catch (UnreadableObjectException e) {
            LOG.warn(
                    "{} is not read {}: {}; its message is {}",
                    current.object(),
                    number == 0 ? "at all" : "beyond its record " + number,
                    e.getMessage(),
                    config.unreadableObjects() == QueueConfig.Rest.DELETE
                            ? "deleted"
                            : "left in the queue");
            unreadable.add(current.splitId());
            finish(batch);
        }
        return batch.build();
    }

    /** Whether the object has come to its end. */
    private boolean read(RecordsBySplits.Builder<LogRecord> batch) throws IOException {
        if (records == null) {
            number = 0;
            InputStream content = opener.open(current.object());
            records = ObjectRecords.of(content, config);
            while (number < current.read()) {
                if (records.next() == null) {
                    return true;
                }
                number++;
            }
        }
        long bytes = 0;
        for (int i = 0; i < BATCH_RECORDS && bytes < BATCH_BYTES; i++) {
            byte[] data = records.next();
            if (data == null) {
                return true;
            }
            bytes += data.length;
            batch.add(current, new LogRecord(current.splitId(), number++, data));
        }
        return false;
    }

    private void finish(RecordsBySplits.Builder<LogRecord> batch) throws IOException {
        batch.addFinishedSplit(current.splitId());
        current = null;
        closeRecords();
    }

    private void closeRecords() throws IOException {
        if (records != null) {
            ObjectRecords closing = records;
            records = null;
            closing.close();
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ObjectSplit> change) {
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        // A batch is there soon, or the client's own time-out ends the wait.
    }

    @Override
    public void close() throws Exception {
        try {
            closeRecords();
        } finally {
            opener.close();
        }
    }
}
