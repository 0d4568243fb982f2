package io.hydrant.kinesis.source;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test sees of its job, and how it meddles with it; shared through the JVM. */
final class Probe {

    private static final Map<String, Probe> PROBES = new ConcurrentHashMap<>();

    /** With the fewest records that are left anywhere, ten seconds for a savepoint to come. */
    private static final long STEP_MILLIS = 700;

    private final String id = UUID.randomUUID().toString();
    private final Map<Integer, Set<String>> held = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final AtomicInteger checkpoints = new AtomicInteger();
    private volatile int pauseAt = Integer.MAX_VALUE;
    private volatile int sizeAtSnapshot = -1;
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    Probe() {
        PROBES.put(id, this);
    }

    static Probe of(String id) {
        return PROBES.get(id);
    }

    String id() {
        return id;
    }

    /** The records that a subtask's state holds; replaced when it is restored. */
    void hold(int subtask, Set<String> identities) {
        held.put(subtask, identities);
    }

    /** A subtask has failed: what its state held counts no more until it is restored. */
    void forget(int subtask) {
        held.remove(subtask);
    }

    /** Forgets subtasks of an earlier run. */
    void clear() {
        held.clear();
    }

    /** Records that are in state, each time that one is. */
    int total() {
        return held.values().stream().mapToInt(Set::size).sum();
    }

    /** Different records that are in state. */
    int distinct() {
        Set<String> all = new HashSet<>();
        held.values().forEach(all::addAll);
        return all.size();
    }

    void failTimes(int times) {
        failuresLeft.set(times);
    }

    boolean takeFailure() {
        boolean take = failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        if (take) {
            failures.incrementAndGet();
        }
        return take;
    }

    int failures() {
        return failures.get();
    }

    void sawTwice() {
        doubled.incrementAndGet();
    }

    int doubled() {
        return doubled.get();
    }

    void sawOutOfOrder() {
        outOfOrder.incrementAndGet();
    }

    int outOfOrder() {
        return outOfOrder.get();
    }

    void completedCheckpoint() {
        checkpoints.incrementAndGet();
    }

    int checkpoints() {
        return checkpoints.get();
    }

    /**
     * Lets the job go on slowly from so many records on, until a snapshot was taken of it or {@link
     * #goOn()}.
     */
    void pauseAt(int records) {
        pauseAt = records;
    }

    /** A task takes its part of a savepoint between two records, so that none waits for long. */
    void mayPause(int records) throws InterruptedException {
        if (records >= pauseAt) {
            paused.countDown();
            boolean unused = goOn.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void awaitPaused() throws InterruptedException {
        paused.await();
    }

    void goOn() {
        goOn.countDown();
    }

    void snapshotOf(int records) {
        sizeAtSnapshot = records;
        if (records >= pauseAt) {
            goOn();
        }
    }

    int sizeAtSnapshot() {
        return sizeAtSnapshot;
    }
}
