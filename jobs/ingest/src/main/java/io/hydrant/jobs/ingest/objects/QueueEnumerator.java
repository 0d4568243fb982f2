package io.hydrant.jobs.ingest.objects;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Receives messages, hands the objects of which they speak to readers, and deletes messages when
 * the ledger says so.
 *
 * <p>Calls are made in rounds beside the coordinator's thread, one at a time: what a round is to do
 * is laid down by that thread, and the next is when it has seen what came of it.
 */
final class QueueEnumerator implements SplitEnumerator<ObjectSplit, QueueState> {

    private static final Logger LOG = LoggerFactory.getLogger(QueueEnumerator.class);

    private static final long ROUND_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int WAIT_SECONDS = 5;

    /** Objects that are on their way for each task, so that none waits for the next round. */
    private static final int OPEN_FOR_EACH = 20;

    /** How often a message is hidden anew in the time for which it is hidden. */
    private static final int HIDES = 3;

    private final SplitEnumeratorContext<ObjectSplit> context;
    private final QueueConfig config;
    private final QueueApi api;
    private final Clock clock;
    private final ObjectLedger ledger;
    private final Deque<ObjectSplit> pending;
    private final Deque<Integer> asking = new ArrayDeque<>();
    private final Set<String> toDelete = new LinkedHashSet<>();
    private final AtomicReference<Round> next = new AtomicReference<>();
    private long lastHide;
    private int failures;
    private long badMessages;
    private long deletedMessages;
    private long failedCalls;

    /**
     * An enumerator.
     *
     * @param restored what the one before knew, or null
     * @param api closed with this
     */
    QueueEnumerator(
            SplitEnumeratorContext<ObjectSplit> context,
            QueueConfig config,
            QueueState restored,
            QueueApi api,
            Clock clock) {
        this.context = context;
        this.config = config;
        this.api = api;
        this.clock = clock;
        this.pending = restored == null ? new ArrayDeque<>() : new ArrayDeque<>(restored.pending());
        this.ledger =
                restored == null
                        ? new ObjectLedger(config.remembered())
                        : new ObjectLedger(config.remembered(), restored.done(), restored.open());
    }

    /**
     * What a round is to do.
     *
     * @param delete handles of messages
     * @param hide handles of messages
     * @param receives whether there is room for more
     * @param notBefore when, in milliseconds since the epoch
     */
    private record Round(
            List<String> delete, List<String> hide, boolean receives, long notBefore) {}

    /**
     * What came of a round.
     *
     * @param failure why it ended early, or null
     */
    private record Result(Round round, List<QueueMessage> received, IOException failure) {}

    @Override
    public void start() {
        MetricGroup group = context.metricGroup().addGroup("QueueSource");
        group.gauge("openObjects", ledger::openObjects);
        group.gauge("duplicateObjects", ledger::duplicates);
        group.gauge("badMessages", () -> badMessages);
        group.gauge("deletedMessages", () -> deletedMessages);
        group.gauge("failedCalls", () -> failedCalls);
        lastHide = clock.millis();
        layDown(0);
        context.callAsync(this::perform, this::performed, 0, ROUND_MILLIS);
    }

    /** Beside the coordinator's thread; null where there is nothing to do yet. */
    private Result perform() {
        Round round = next.get();
        if (round == null || clock.millis() < round.notBefore()) {
            return null;
        }
        next.set(null);
        List<QueueMessage> received = List.of();
        try {
            if (!round.delete().isEmpty()) {
                api.delete(round.delete());
            }
            if (!round.hide().isEmpty()) {
                api.hide(round.hide(), (int) config.hidden().toSeconds());
            }
            if (round.receives()) {
                received = api.receive((int) config.hidden().toSeconds(), WAIT_SECONDS);
            }
            return new Result(round, received, null);
        } catch (IOException e) {
            return new Result(round, received, e);
        }
    }

    private void performed(Result result, Throwable failure) {
        if (failure != null) {
            throw new IllegalStateException(
                    "The queue " + config.queue() + " cannot be read: " + failure.getMessage(),
                    failure);
        }
        if (result == null) {
            return;
        }
        if (result.failure() != null) {
            failures++;
            failedCalls++;
            LOG.warn(
                    "A call of the queue {} failed, {} in a row: {}",
                    config.queue(),
                    failures,
                    result.failure().toString());
            layDown(Math.min(LONGEST_PAUSE_MILLIS, ROUND_MILLIS << Math.min(failures, 16)));
            return;
        }
        failures = 0;
        deletedMessages += result.round().delete().size();
        result.round().delete().forEach(toDelete::remove);
        result.received().forEach(this::accept);
        assign();
        layDown(0);
    }

    private void accept(QueueMessage message) {
        List<ArrivedObject> objects;
        try {
            objects = Notification.read(message.body());
        } catch (BadMessageException e) {
            badMessages++;
            LOG.warn(
                    "Message {} of {} is {}: {}",
                    message.id(),
                    config.queue(),
                    config.badMessages() == QueueConfig.Rest.DELETE
                            ? "deleted"
                            : "left in the queue",
                    e.getMessage());
            if (config.badMessages() == QueueConfig.Rest.DELETE) {
                toDelete.add(message.handle());
            }
            return;
        }
        ObjectLedger.Accepted accepted = ledger.accept(message, objects);
        accepted.fresh().forEach(object -> pending.add(ObjectSplit.unread(object)));
        if (accepted.isDone()) {
            toDelete.add(message.handle());
        }
    }

    private void layDown(long pauseMillis) {
        long now = clock.millis();
        List<String> hide = List.of();
        if (now - lastHide >= config.hidden().toMillis() / HIDES) {
            lastHide = now;
            hide = ledger.held();
        }
        boolean receives =
                ledger.openObjects() < OPEN_FOR_EACH * Math.max(1, context.currentParallelism());
        next.set(new Round(List.copyOf(toDelete), hide, receives, now + pauseMillis));
    }

    private void assign() {
        while (!asking.isEmpty() && !pending.isEmpty()) {
            int subtask = asking.poll();
            if (context.registeredReaders().containsKey(subtask)) {
                context.assignSplit(pending.poll(), subtask);
            }
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        asking.add(subtask);
        assign();
    }

    @Override
    public void addSplitsBack(List<ObjectSplit> splits, int subtask) {
        asking.removeIf(each -> each == subtask);
        pending.addAll(splits);
        assign();
    }

    @Override
    public void addReader(int subtask) {
        // Readers ask for what they read.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (!(event instanceof ObjectsFinishedEvent finished)) {
            throw new IllegalArgumentException("Reader " + subtask + " sent " + event);
        }
        List<String> handles = new ArrayList<>();
        finished.read().forEach(id -> handles.addAll(ledger.read(id)));
        boolean stays = config.unreadableObjects() == QueueConfig.Rest.LEAVE;
        finished.unreadable().forEach(id -> handles.addAll(ledger.unreadable(id, stays)));
        toDelete.addAll(handles);
        if (context.registeredReaders().containsKey(subtask)) {
            List<String> noted = new ArrayList<>(finished.read());
            noted.addAll(finished.unreadable());
            context.sendEventToSourceReader(subtask, new FinishNotedEvent(noted));
        }
    }

    @Override
    public QueueState snapshotState(long checkpointId) {
        return new QueueState(List.copyOf(pending), ledger.done(), ledger.open());
    }

    @Override
    public void close() {
        api.close();
    }
}
