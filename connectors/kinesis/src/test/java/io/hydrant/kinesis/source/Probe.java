package io.hydrant.kinesis.source;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test sees of its job, and how it meddles with it; shared through the JVM. */
final class Probe {

    private static final Map<String, Probe> PROBES = new ConcurrentHashMap<>();

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

    /** Lets the job stand still when it holds so many records, until {@link #goOn()}. */
    void pauseAt(int records) {
        pauseAt = records;
    }

    void mayPause(int records) throws InterruptedException {
        if (records == pauseAt) {
            paused.countDown();
            goOn.await();
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
    }

    int sizeAtSnapshot() {
        return sizeAtSnapshot;
    }
}
