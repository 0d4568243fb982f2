package io.hydrant.s3.sink;

import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * What a test and the job that it runs in the same process share: the store behind the job, and the
 * fault that strikes it. Jobs travel as bytes, so they find it by name.
 */
final class JobFaults {

    private static final Map<String, JobFaults> NAMED = new ConcurrentHashMap<>();

    /**
     * When a fault can strike in the task of the source, which is also the writer's and the
     * committer's. Flink tells the operators of a task of checkpoints from the last to the first.
     */
    enum Moment {
        /** Before a record; checkpoints count on what was uploaded before, or not yet. */
        RECORD,
        /** Sink and writer have given their state to a checkpoint, which will not complete. */
        SNAPSHOT,
        /** A checkpoint has completed and the committer has returned; the next one is far. */
        COMMITTED
    }

    private final ObjectStoreFactory stores;
    private final FaultyStore.Fault storeFault;
    private final Moment moment;
    private final IntPredicate when;
    private final AtomicInteger moments = new AtomicInteger();
    private final AtomicBoolean hasStruck = new AtomicBoolean();
    private final AtomicInteger records = new AtomicInteger();
    private volatile int committed;
    private final Set<Integer> heldShards = ConcurrentHashMap.newKeySet();

    private JobFaults(
            ObjectStoreFactory stores,
            FaultyStore.Fault storeFault,
            Moment moment,
            IntPredicate when) {
        this.stores = stores;
        this.storeFault = storeFault;
        this.moment = moment;
        this.when = when;
    }

    static JobFaults none(String name, ObjectStoreFactory stores) {
        return named(name, new JobFaults(stores, null, null, nth -> false));
    }

    static JobFaults inStore(String name, ObjectStoreFactory stores, FaultyStore.Fault fault) {
        return named(name, new JobFaults(stores, fault, null, nth -> false));
    }

    /**
     * Strikes once in the task.
     *
     * @param when judges the nth such moment, from 1
     */
    static JobFaults inTask(
            String name, ObjectStoreFactory stores, Moment moment, IntPredicate when) {
        return named(name, new JobFaults(stores, null, moment, when));
    }

    private static JobFaults named(String name, JobFaults faults) {
        NAMED.put(name, faults);
        return faults;
    }

    static JobFaults named(String name) {
        return NAMED.get(name);
    }

    static void forget(String name) {
        NAMED.remove(name);
    }

    /** A factory that gives the job this store, however often its tasks start. */
    static ObjectStoreFactory storeOf(String name) {
        return (aws, config) -> {
            JobFaults faults = named(name);
            ObjectStore store = faults.stores.open(aws, config);
            return faults.storeFault == null ? store : new FaultyStore(store, faults.storeFault);
        };
    }

    void at(Moment now) {
        if (now == Moment.RECORD) {
            records.incrementAndGet();
        } else if (now == Moment.COMMITTED) {
            committed = records.get();
        }
        if (now == moment
                && !hasStruck.get()
                && when.test(moments.incrementAndGet())
                && hasStruck.compareAndSet(false, true)) {
            throw new IllegalStateException("Injected: " + moment);
        }
    }

    boolean hasStruck() {
        return storeFault == null ? hasStruck.get() : storeFault.hasStruck();
    }

    /** Records that the source gave so far. */
    int records() {
        return records.get();
    }

    /** Records since the last completed checkpoint. */
    int uncommitted() {
        return records.get() - committed;
    }

    /** A shard has come to where it waits. */
    void held(int shard) {
        heldShards.add(shard);
    }

    int heldShards() {
        return heldShards.size();
    }
}
