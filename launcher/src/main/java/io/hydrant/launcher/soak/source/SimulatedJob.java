package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.enumerator.KinesisEnumeratorState;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.api.connector.source.SourceEvent;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A job of a source alone, with Flink's order of things: a checkpoint takes the enumerator first,
 * then each reader in its own time; what the enumerator sends after that reaches a reader behind
 * its part; a task that failed comes back with its part of the last complete checkpoint.
 */
final class SimulatedJob {

    private static final long NO_CHECKPOINT = -1;

    private final SimulatedAccount account;
    private final StreamSelection streams;
    private final SimulatedTime time;
    private final KeyLedger ledger;
    private final List<SimulatedTask> tasks = new ArrayList<>();
    private KinesisSource source;
    private KinesisSourceConfig config;
    private SimulatedCoordinator coordinator;
    private Checkpoint pending;
    private Checkpoint completed;
    private long checkpoints;

    SimulatedJob(
            SimulatedAccount account,
            StreamSelection streams,
            KinesisSourceConfig config,
            SimulatedTime time,
            KeyLedger ledger,
            int parallelism) {
        this.account = account;
        this.streams = streams;
        this.time = time;
        this.ledger = ledger;
        become(config);
        deploy(parallelism);
    }

    private void become(KinesisSourceConfig newConfig) {
        config = newConfig;
        // Never serialised: tasks are made in this process, by hand.
        source =
                KinesisSource.of(
                                streams,
                                newConfig,
                                account::api,
                                account::directory,
                                account.fanOut().access())
                        .withClock(time.clock());
    }

    /** A checkpoint, while it is taken and after. */
    private static final class Checkpoint {

        private final long id;
        private final KinesisEnumeratorState enumerator;
        private final Map<Integer, List<KinesisShardSplit>> splits = new HashMap<>();
        private final Map<Integer, Integer> emitted = new HashMap<>();

        Checkpoint(long id, KinesisEnumeratorState enumerator) {
            this.id = id;
            this.enumerator = enumerator;
        }
    }

    int parallelism() {
        return tasks.size();
    }

    /**
     * Lists streams and shards once. An enumerator that has never reached anybody gives up at the
     * first broken connection; then the job fails, as it does in Flink.
     */
    void discover() throws Exception {
        try {
            coordinator.discover();
        } catch (StreamException e) {
            if (!(e.getCause() instanceof SdkClientException)) {
                throw e;
            }
            failAll(tasks.size());
        }
    }

    void read(int subtask, int records) throws Exception {
        tasks.get(subtask).read(records);
    }

    /** The oldest message of a task reaches the enumerator. */
    void deliver(int subtask) {
        SimulatedTask task = tasks.get(subtask);
        if (!task.isRegistered()) {
            coordinator.register(task);
            return;
        }
        SourceEvent event = task.nextEvent();
        if (event != null) {
            coordinator.handle(subtask, event);
        }
    }

    void beginCheckpoint() throws Exception {
        if (pending == null && tasks.stream().allMatch(SimulatedTask::isRegistered)) {
            long id = ++checkpoints;
            pending = new Checkpoint(id, coordinator.snapshot(id));
            tasks.forEach(SimulatedTask::hold);
        }
    }

    /** A task takes its part of the checkpoint that was begun. */
    void takePart(int subtask) throws Exception {
        if (pending == null || pending.splits.containsKey(subtask)) {
            return;
        }
        SimulatedTask task = tasks.get(subtask);
        pending.splits.put(subtask, written(task.snapshot(pending.id)));
        pending.emitted.put(subtask, task.emitted().size());
        task.release();
        if (pending.splits.size() == tasks.size()) {
            completed = pending;
            pending = null;
            coordinator.completed(completed.id);
        }
    }

    /** Whether the job has no end. */
    boolean isEndless() {
        return !config.end().isBounded();
    }

    /** Whether the job has come to its end. */
    boolean isThrough() {
        return tasks.stream().allMatch(SimulatedTask::hasEnded);
    }

    /** Where it ends, null where it goes on or that is not known yet. */
    Instant end() throws Exception {
        return coordinator.end();
    }

    /**
     * The job is restored with other options.
     *
     * @return false when there is no checkpoint to restore it from
     */
    boolean changeTo(KinesisSourceConfig newConfig) throws Exception {
        if (completed == null) {
            return false;
        }
        become(newConfig);
        failAll(tasks.size());
        return true;
    }

    /** Begins a checkpoint and completes it, whatever is under way. */
    void completeCheckpoint() throws Exception {
        for (SimulatedTask task : tasks) {
            while (!task.isRegistered()) {
                deliver(task.subtask());
            }
        }
        abortCheckpoint();
        beginCheckpoint();
        for (SimulatedTask task : List.copyOf(tasks)) {
            takePart(task.subtask());
        }
    }

    /** One task fails and comes back, while the others go on. */
    void failOne(int subtask) throws Exception {
        abortCheckpoint();
        SimulatedTask failed = tasks.get(subtask);
        failed.fail(completed == null ? 0 : completed.emitted.get(subtask));
        List<SimulatedTask.Emitted> kept =
                completed == null
                        ? List.of()
                        : failed.emitted().subList(0, completed.emitted.get(subtask));
        SimulatedTask back =
                task(subtask, completed == null ? List.of() : completed.splits.get(subtask));
        back.emitted().addAll(kept);
        tasks.set(subtask, back);
        coordinator.reset(subtask, completed == null ? NO_CHECKPOINT : completed.id);
    }

    /** The whole job fails, and is restored, maybe with another parallelism. */
    void failAll(int parallelism) throws Exception {
        pending = null;
        coordinator.close();
        for (SimulatedTask task : tasks) {
            task.fail(completed == null ? 0 : completed.emitted.get(task.subtask()));
        }
        deploy(parallelism);
    }

    void close() throws Exception {
        coordinator.close();
        for (SimulatedTask task : tasks) {
            task.fail(task.emitted().size());
        }
    }

    private void abortCheckpoint() {
        pending = null;
        tasks.forEach(SimulatedTask::release);
    }

    private void deploy(int parallelism) {
        Map<Integer, List<KinesisShardSplit>> splits = new HashMap<>();
        if (completed != null) {
            boolean rescaled = completed.splits.size() != parallelism;
            int next = 0;
            for (var part : completed.splits.entrySet()) {
                for (KinesisShardSplit split : part.getValue()) {
                    splits.computeIfAbsent(
                                    rescaled ? next++ % parallelism : part.getKey(),
                                    subtask -> new ArrayList<>())
                            .add(split);
                }
            }
            // What the tasks of the run before had emitted by then is never undone any more.
            Checkpoint restored = new Checkpoint(completed.id, completed.enumerator);
            for (int subtask = 0; subtask < parallelism; subtask++) {
                restored.splits.put(subtask, splits.getOrDefault(subtask, List.of()));
                restored.emitted.put(subtask, 0);
            }
            completed = restored;
        }
        tasks.clear();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            tasks.add(task(subtask, splits.getOrDefault(subtask, List.of())));
        }
        coordinator =
                new SimulatedCoordinator(
                        source,
                        config,
                        ledger,
                        tasks,
                        completed == null ? null : completed.enumerator);
    }

    private SimulatedTask task(int subtask, List<KinesisShardSplit> splits) {
        return new SimulatedTask(subtask, account, streams, config, time, ledger, splits);
    }

    /** The splits as they are read from the bytes of a checkpoint. */
    private List<KinesisShardSplit> written(List<KinesisShardSplit> splits) throws Exception {
        var serializer = source.getSplitSerializer();
        List<KinesisShardSplit> read = new ArrayList<>();
        for (KinesisShardSplit split : splits) {
            read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
        }
        return read;
    }
}
