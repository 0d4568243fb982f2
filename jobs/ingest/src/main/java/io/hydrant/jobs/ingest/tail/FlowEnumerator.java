package io.hydrant.jobs.ingest.tail;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import java.util.List;
import java.util.Map;

/** Gives the flow to the first task that asks for it. */
final class FlowEnumerator implements SplitEnumerator<FlowSplit, FileSource.Unassigned> {

    private final SplitEnumeratorContext<FlowSplit> context;
    private FlowSplit unassigned;

    FlowEnumerator(SplitEnumeratorContext<FlowSplit> context, FlowSplit unassigned) {
        this.context = context;
        this.unassigned = unassigned;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {}

    @Override
    public void addSplitsBack(List<FlowSplit> splits, int subtaskId) {
        for (FlowSplit split : splits) {
            unassigned = split;
        }
        if (context.registeredReaders().containsKey(subtaskId)) {
            addReader(subtaskId);
        }
    }

    @Override
    public void addReader(int subtaskId) {
        if (unassigned != null) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, List.of(unassigned))));
            unassigned = null;
        }
    }

    @Override
    public FileSource.Unassigned snapshotState(long checkpointId) {
        return new FileSource.Unassigned(unassigned);
    }

    @Override
    public void close() {}
}
