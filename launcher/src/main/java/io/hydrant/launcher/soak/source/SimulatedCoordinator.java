package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.enumerator.KinesisEnumeratorState;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * The enumerator with what Flink's job master keeps for it: who is registered, and which splits
 * were assigned since which checkpoint, to give them back when their reader fails.
 */
final class SimulatedCoordinator implements SplitEnumeratorContext<KinesisShardSplit> {

    private final KinesisSource source;
    private final KinesisSourceConfig config;
    private final KeyLedger ledger;
    private final List<SimulatedTask> tasks;
    private final List<Runnable> periodic = new ArrayList<>();
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private final TreeMap<Long, Map<Integer, List<KinesisShardSplit>>> assignedBefore =
            new TreeMap<>();
    private final SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> enumerator;
    private Map<Integer, List<KinesisShardSplit>> assignedSince = new TreeMap<>();

    /** Whether shards are handed out behind their parents only. */
    private boolean ordered;

    /**
     * A coordinator with a new enumerator.
     *
     * @param config the source's
     * @param ledger told which shards may overtake others
     * @param tasks the readers, changed by whoever made the list
     * @param state null to begin
     */
    SimulatedCoordinator(
            KinesisSource source,
            KinesisSourceConfig config,
            KeyLedger ledger,
            List<SimulatedTask> tasks,
            KinesisEnumeratorState state) {
        this.source = source;
        this.config = config;
        this.ledger = ledger;
        this.tasks = tasks;
        this.ordered = state != null || config.streams().order() == ShardOrder.PARENTS_CHECKPOINTED;
        if (state == null) {
            ledger.begunAnew();
        }
        this.enumerator =
                state == null
                        ? source.createEnumerator(this)
                        : source.restoreEnumerator(this, state);
        enumerator.start();
    }

    /** Lists streams and shards once. */
    void discover() {
        List.copyOf(periodic).forEach(Runnable::run);
        while (!calls.isEmpty()) {
            calls.poll().run();
        }
    }

    void register(SimulatedTask task) {
        task.register();
        enumerator.addReader(task.subtask());
    }

    void handle(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    /** The bytes of its part of a checkpoint, read again as a restore would. */
    KinesisEnumeratorState snapshot(long checkpointId) throws Exception {
        // Before the first checkpoint, the default order does not make children wait for one.
        ordered = true;
        var serializer = source.getEnumeratorCheckpointSerializer();
        KinesisEnumeratorState state =
                serializer.deserialize(
                        serializer.getVersion(),
                        serializer.serialize(enumerator.snapshotState(checkpointId)));
        assignedBefore.put(checkpointId, assignedSince);
        assignedSince = new TreeMap<>();
        return state;
    }

    void completed(long checkpointId) throws Exception {
        assignedBefore.headMap(checkpointId, true).clear();
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    /** A task is about to start again with its part of a checkpoint, or with nothing. */
    void reset(int subtask, long restoredCheckpoint) {
        List<KinesisShardSplit> back = new ArrayList<>();
        for (Map<Integer, List<KinesisShardSplit>> assigned :
                assignedBefore.tailMap(restoredCheckpoint, false).values()) {
            List<KinesisShardSplit> lost = assigned.remove(subtask);
            back.addAll(lost == null ? List.of() : lost);
        }
        List<KinesisShardSplit> lost = assignedSince.remove(subtask);
        back.addAll(lost == null ? List.of() : lost);
        enumerator.addSplitsBack(back, subtask);
    }

    /** Where reading ends, null while that is not known. */
    Instant end() throws Exception {
        return enumerator.snapshotState(Long.MAX_VALUE).end();
    }

    void close() throws IOException {
        enumerator.close();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        registered(subtaskId).send(task -> task.reader().handleSourceEvents(event));
    }

    @Override
    public int currentParallelism() {
        return tasks.size();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        Map<Integer, ReaderInfo> registered = new TreeMap<>();
        for (SimulatedTask task : tasks) {
            if (task.isRegistered()) {
                registered.put(task.subtask(), new ReaderInfo(task.subtask(), "simulated"));
            }
        }
        return registered;
    }

    @Override
    public void assignSplits(SplitsAssignment<KinesisShardSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) -> {
                            SimulatedTask task = registered(subtask);
                            splits.forEach(this::handedOut);
                            assignedSince
                                    .computeIfAbsent(subtask, s -> new ArrayList<>())
                                    .addAll(splits);
                            task.send(reader -> reader.reader().addSplits(splits));
                        });
    }

    private void handedOut(KinesisShardSplit split) {
        ledger.handedOut(
                split.stream().stream(),
                split.shardId(),
                !ordered || config.streams().order() == ShardOrder.NONE);
    }

    private SimulatedTask registered(int subtask) {
        SimulatedTask task = tasks.get(subtask);
        if (!task.isRegistered()) {
            throw new Violation("Something was sent to subtask " + subtask + ", which is down");
        }
        return task;
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        if (!config.end().isBounded()) {
            throw new Violation("A read that has no end was said to have ended");
        }
        registered(subtask).send(reader -> reader.reader().notifyNoMoreSplits());
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        calls.add(() -> call(callable, handler));
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        periodic.add(() -> call(callable, handler));
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }

    private static <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = callable.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }
}
