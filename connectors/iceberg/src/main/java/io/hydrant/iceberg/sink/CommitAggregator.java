package io.hydrant.iceberg.sink;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes one commit per table of what all tasks wrote since the last checkpoint, and names it. Runs
 * once, so there is one past that all commits of a job are part of; it is in the state.
 */
final class CommitAggregator extends AbstractStreamOperator<CommittableMessage<TableCommit>>
        implements OneInputStreamOperator<
                        CommittableMessage<WrittenFiles>, CommittableMessage<TableCommit>>,
                BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final ListStateDescriptor<String> MARK =
            new ListStateDescriptor<>("commit-mark", Types.STRING);

    private final CatalogLoader catalogs;
    private final CommitLedger ledger;
    private transient Catalog catalog;
    private transient Map<String, PendingCommit> pending;
    private transient ListState<String> state;
    private transient CommitMark mark;

    /**
     * An aggregator.
     *
     * @param ledger null where none is kept
     */
    CommitAggregator(CatalogLoader catalogs, CommitLedger ledger) {
        this.catalogs = catalogs;
        this.ledger = ledger;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pending = new TreeMap<>();
        state = context.getOperatorStateStore().getListState(MARK);
        String restored = null;
        for (String each : state.get()) {
            restored = each;
        }
        String run = UUID.randomUUID().toString().substring(0, 13);
        if (restored == null) {
            mark = CommitMark.begin(run);
        } else {
            CommitMark last = CommitMark.parse(restored);
            boolean isNewSubmission = getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
            mark = isNewSubmission ? last.continuedBy(run) : last;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        catalog = catalogs.loadCatalog();
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<WrittenFiles>> element) {
        if (element.getValue() instanceof CommittableWithLineage<WrittenFiles> message) {
            WrittenFiles written = message.getCommittable();
            pending.computeIfAbsent(written.table(), PendingCommit::new).add(written);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        // The end of the input may have taken the number already.
        emit(Math.max(checkpointId, mark.own().checkpoint()));
    }

    /** Behind the end nothing may be emitted any more, not even with the last checkpoint. */
    @Override
    public void endInput() throws Exception {
        emit(mark.own().checkpoint() + 1);
    }

    private void emit(long checkpoint) throws IOException {
        mark = mark.at(checkpoint);
        if (pending.isEmpty()) {
            return;
        }
        output.collect(
                new StreamRecord<>(new CommittableSummary<>(0, 1, checkpoint, pending.size(), 0)));
        for (Map.Entry<String, PendingCommit> each : pending.entrySet()) {
            output.collect(
                    new StreamRecord<>(
                            new CommittableWithLineage<>(
                                    commit(each.getKey(), each.getValue()), checkpoint, 0)));
        }
        pending.clear();
    }

    private TableCommit commit(String name, PendingCommit written) throws IOException {
        return written.commit(
                catalog.loadTable(TableIdentifier.parse(name)),
                mark,
                ledger == null
                        ? null
                        : written.entry(mark, ledger.deliveryStream(), ledger.configVersion()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(mark.toString()));
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
