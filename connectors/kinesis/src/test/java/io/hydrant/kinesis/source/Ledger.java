package io.hydrant.kinesis.source;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the identity of every record in checkpointed state, and notices what comes twice or, per
 * partition key, out of order (payloads of a key are expected to grow).
 */
final class Ledger extends RichMapFunction<Envelope, Envelope>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final String probeId;
    private transient Set<String> identities;
    private transient Map<String, Long> lastOfKey;
    private transient ListState<String> state;

    Ledger(String probeId) {
        this.probeId = probeId;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("identities", Types.STRING));
        identities = ConcurrentHashMap.newKeySet();
        lastOfKey = new HashMap<>();
        for (String identity : state.get()) {
            identities.add(identity);
        }
        Probe.of(probeId)
                .hold(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), identities);
    }

    @Override
    public Envelope map(Envelope record) throws Exception {
        Probe probe = Probe.of(probeId);
        if (probe.takeFailure()) {
            probe.forget(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
            throw new IllegalStateException("Failing on purpose");
        }
        if (!identities.add(record.identity().toString())) {
            probe.sawTwice();
        }
        long value = Records.number(record);
        Long last = lastOfKey.put(record.partitionKey(), value);
        if (last != null && last >= value) {
            probe.sawOutOfOrder();
        }
        probe.mayPause(identities.size());
        return record;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<String> copy = new ArrayList<>(new LinkedHashSet<>(identities));
        Probe.of(probeId).snapshotOf(copy.size());
        state.update(copy);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Probe.of(probeId).completedCheckpoint();
    }
}
