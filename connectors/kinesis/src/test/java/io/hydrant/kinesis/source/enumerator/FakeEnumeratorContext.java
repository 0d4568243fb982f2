package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Runs calls when it is told to, in the test's own thread, and remembers what was sent. */
final class FakeEnumeratorContext implements SplitEnumeratorContext<KinesisShardSplit> {

    private final int parallelism;
    private final Gauges metrics = new Gauges();
    private final List<Supplier<Runnable>> periodic = new ArrayList<>();
    private final Map<Integer, List<KinesisShardSplit>> assigned = new TreeMap<>();
    private final Map<Integer, List<SourceEvent>> events = new TreeMap<>();
    private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
    private final List<Integer> ended = new ArrayList<>();

    /** Subtasks that may have finished: what is sent to one that has fails the job. */
    private final Set<Integer> finishing = new HashSet<>();

    /** Every reader is registered; whether it has started, its own event says. */
    FakeEnumeratorContext(int parallelism) {
        this.parallelism = parallelism;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            register(subtask);
        }
    }

    void register(int subtask) {
        registered.put(subtask, new ReaderInfo(subtask, "localhost"));
    }

    /** The subtask failed; as Flink does, this takes no message to it until it is back. */
    void unregister(int subtask) {
        registered.remove(subtask);
        finishing.remove(subtask);
    }

    /** Runs every periodic call once. */
    void tick() {
        periodic.forEach(call -> call.get().run());
    }

    /** Makes the only periodic call, and gives what is to run with its result. */
    Runnable call() {
        return periodic.get(0).get();
    }

    /** Splits that went to the subtask. */
    List<KinesisShardSplit> assignedTo(int subtask) {
        return assigned.getOrDefault(subtask, List.of());
    }

    /** Ids of all shards that went to anybody. */
    List<String> assignedShards() {
        return assigned.values().stream()
                .flatMap(List::stream)
                .map(KinesisShardSplit::shardId)
                .sorted()
                .toList();
    }

    /** Subtasks that were told that nothing comes any more, in the order of the messages. */
    List<Integer> ended() {
        return List.copyOf(ended);
    }

    List<SourceEvent> eventsTo(int subtask) {
        return events.getOrDefault(subtask, List.of());
    }

    /** What the gauge says now. */
    Object gauge(String name) {
        return metrics.gauges.get(name).getValue();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics;
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        requireRegistered(subtaskId);
        if (finishing.contains(subtaskId)) {
            throw new IllegalStateException("Subtask " + subtaskId + " may have finished");
        }
        events.computeIfAbsent(subtaskId, id -> new ArrayList<>()).add(event);
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return Map.copyOf(registered);
    }

    @Override
    public void assignSplits(SplitsAssignment<KinesisShardSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) -> {
                            requireRegistered(subtask);
                            assigned.computeIfAbsent(subtask, id -> new ArrayList<>())
                                    .addAll(splits);
                        });
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        requireRegistered(subtask);
        ended.add(subtask);
        finishing.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        call(callable, handler).run();
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

    private void requireRegistered(int subtask) {
        if (!registered.containsKey(subtask)) {
            throw new IllegalArgumentException("Subtask " + subtask + " is not registered");
        }
    }

    private static <T> Runnable call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        try {
            T result = callable.call();
            return () -> handler.accept(result, null);
        } catch (Exception e) {
            return () -> handler.accept(null, e);
        }
    }

    private static final class Gauges extends UnregisteredMetricsGroup
            implements SplitEnumeratorMetricGroup {

        private final Map<String, Gauge<?>> gauges = new TreeMap<>();

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
            return gauge("unassignedSplits", gauge);
        }
    }
}
