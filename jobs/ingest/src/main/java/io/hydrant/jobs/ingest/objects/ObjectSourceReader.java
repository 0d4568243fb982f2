package io.hydrant.jobs.ingest.objects;

import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads objects, and says which are finished when a completed checkpoint has it.
 *
 * <p>An object that is finished stays in this reader's state until the enumerator has noted it:
 * where the job fails before, the enumerator is told after the restore.
 */
final class ObjectSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                LogRecord, LogRecord, ObjectSplit, ObjectProgress> {

    /** Objects that wait in a reader while it reads one. */
    private static final int AHEAD = 4;

    private final Set<String> unreadable;
    private final Map<String, ObjectSplit> finished = new LinkedHashMap<>();

    /** By checkpoint, what it has as finished. */
    private final NavigableMap<Long, List<String>> reported = new TreeMap<>();

    private long objects;
    private long unreadableObjects;

    private ObjectSourceReader(
            QueueConfig config,
            ObjectOpener.Factory opener,
            Set<String> unreadable,
            SourceReaderContext context) {
        super(
                () -> new ObjectSplitReader(config, opener.open(), unreadable),
                (record, output, progress) -> {
                    output.collect(record);
                    progress.wentOn();
                },
                context.getConfiguration(),
                context);
        this.unreadable = unreadable;
    }

    static ObjectSourceReader create(
            QueueConfig config, ObjectOpener.Factory opener, SourceReaderContext context) {
        return new ObjectSourceReader(config, opener, ConcurrentHashMap.newKeySet(), context);
    }

    @Override
    public void start() {
        context.metricGroup().addGroup("QueueSource").gauge("objectsRead", () -> objects);
        context.metricGroup()
                .addGroup("QueueSource")
                .gauge("unreadableObjects", () -> unreadableObjects);
        for (int i = getNumberOfCurrentlyAssignedSplits(); i < AHEAD; i++) {
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<ObjectSplit> splits) {
        List<ObjectSplit> open = new ArrayList<>();
        for (ObjectSplit split : splits) {
            if (split.outcome() == ObjectSplit.Outcome.OPEN) {
                open.add(split);
            } else {
                finished.put(split.splitId(), split);
            }
        }
        if (!open.isEmpty()) {
            super.addSplits(open);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ObjectProgress> ended) {
        ended.forEach(
                (id, progress) -> {
                    boolean isUnreadable = unreadable.remove(id);
                    objects += isUnreadable ? 0 : 1;
                    unreadableObjects += isUnreadable ? 1 : 0;
                    finished.put(
                            id,
                            progress.toSplit(
                                    isUnreadable
                                            ? ObjectSplit.Outcome.UNREADABLE
                                            : ObjectSplit.Outcome.READ));
                    context.sendSplitRequest();
                });
    }

    @Override
    public List<ObjectSplit> snapshotState(long checkpointId) {
        List<ObjectSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        splits.addAll(finished.values());
        reported.put(checkpointId, List.copyOf(finished.keySet()));
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Set<String> read = new LinkedHashSet<>();
        Set<String> notRead = new LinkedHashSet<>();
        NavigableMap<Long, List<String>> covered = reported.headMap(checkpointId, true);
        for (List<String> ids : covered.values()) {
            for (String id : ids) {
                ObjectSplit split = finished.get(id);
                if (split != null) {
                    (split.outcome() == ObjectSplit.Outcome.READ ? read : notRead).add(id);
                }
            }
        }
        covered.clear();
        if (!read.isEmpty() || !notRead.isEmpty()) {
            context.sendSourceEventToCoordinator(
                    new ObjectsFinishedEvent(List.copyOf(read), List.copyOf(notRead)));
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof FinishNotedEvent noted)) {
            throw new IllegalArgumentException("The enumerator sent " + event);
        }
        noted.ids().forEach(finished::remove);
    }

    @Override
    protected ObjectProgress initializedState(ObjectSplit split) {
        return new ObjectProgress(split);
    }

    @Override
    protected ObjectSplit toSplitType(String splitId, ObjectProgress progress) {
        return progress.toSplit(ObjectSplit.Outcome.OPEN);
    }
}
