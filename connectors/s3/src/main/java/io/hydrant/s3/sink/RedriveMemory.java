package io.hydrant.s3.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which error objects were redriven, as the bucket says. It is read once and shared by the {@link
 * RedriveDelivery deliveries} of a process; what others decide meanwhile shows when a delivery
 * decides.
 *
 * <p>Grows with the error objects ever redriven, some hundred bytes each. Thread-safe.
 */
public final class RedriveMemory {

    private final Set<UUID> decided = ConcurrentHashMap.newKeySet();
    private final Set<UUID> open = new ConcurrentSkipListSet<>();

    private RedriveMemory() {}

    /**
     * Knows of nothing. For one who asks for each object by itself, see {@link
     * RedriveDelivery#finish}, since a delivery that never ends would read ever more.
     */
    public static RedriveMemory unread() {
        return new RedriveMemory();
    }

    /** Reads what was decided so far. */
    public static RedriveMemory read(S3SinkConfig config, ObjectStore store)
            throws IOException, InterruptedException {
        RedriveMemory memory = new RedriveMemory();
        RedriveKeys keys = new RedriveKeys(config.ledger().prefix(), config.naming().streamName());
        Set<UUID> done = ConcurrentHashMap.newKeySet();
        new DeliveredObjects(
                        store,
                        S3Calls.ofCommand(config.retryTimeout(), RetryClock.SYSTEM),
                        config.ledger().bucket())
                .forEach(
                        keys.folder(),
                        object -> {
                            UUID id = keys.decided(object.key());
                            if (id != null) {
                                memory.decided.add(id);
                            } else if (keys.finished(object.key()) != null) {
                                done.add(keys.finished(object.key()));
                            }
                        });
        memory.open.addAll(memory.decided);
        memory.open.removeAll(done);
        return memory;
    }

    boolean isDecided(UUID redrive) {
        return decided.contains(redrive);
    }

    /** Somebody has decided. */
    void decided(UUID redrive) {
        decided.add(redrive);
    }

    /** What was decided and not carried out. */
    List<UUID> open() {
        return List.copyOf(open);
    }

    void carriedOut(UUID redrive) {
        open.remove(redrive);
    }
}
