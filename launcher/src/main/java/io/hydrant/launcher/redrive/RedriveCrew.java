package io.hydrant.launcher.redrive;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.redrive.RedriveCommits;
import io.hydrant.iceberg.sink.RedrivenRows;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.redshift.RedrivenLoads;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.sink.RedriveDelivery;
import io.hydrant.s3.sink.RedriveFollowUp;
import io.hydrant.s3.sink.RedriveMemory;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Redrives error objects, several at once: each by a thread with a transform, a delivery and a
 * connection of its own, which takes the next object when it is through with one.
 *
 * <p>Each object once, as ever, since it is the store that decides who redrives it. The names of
 * all objects are in memory, and the threads share the delivery's memory budget. Where one fails,
 * the others end the object that they have, and no further one is begun.
 */
final class RedriveCrew {

    private final DeliveryPlan plan;
    private final S3Prefix from;
    private final boolean dryRun;
    private final RedriveReport report;
    private final RedriveProgress progress;

    /**
     * A crew.
     *
     * @param plan where records go, and through what
     * @param from where the error objects lie
     * @param dryRun whether nothing is written
     * @param report counts what becomes of them
     * @param progress is told how far it has come
     */
    RedriveCrew(
            DeliveryPlan plan,
            S3Prefix from,
            boolean dryRun,
            RedriveReport report,
            RedriveProgress progress) {
        this.plan = plan;
        this.from = from;
        this.dryRun = dryRun;
        this.report = report;
        this.progress = progress;
    }

    /**
     * Redrives what was asked for.
     *
     * @param threads how many objects at once, at least 1
     */
    void run(ErrorObjects wanted, int threads) throws Exception {
        S3SinkConfig sink = plan.sinkToWrite();
        RedriveMemory memory;
        List<ListedObject> found;
        try (ObjectStore store = connect()) {
            memory = RedriveMemory.read(sink, store);
            found = wanted.list(objects(store), from);
            progress.found(found.size());
        }
        try (RedrivenLoads loads = loads();
                TableRedrive tables = tables()) {
            RedriveFollowUp followUp = loads == null ? RedriveFollowUp.NONE : loads;
            if (!dryRun) {
                try (RedrivenRows rows = tables == null ? null : tables.rows();
                        RedriveDelivery delivery =
                                new RedriveDelivery(
                                        sink,
                                        connect(),
                                        Clock.systemUTC(),
                                        memory,
                                        followUp,
                                        rows == null ? RedriveCommits.NONE : rows)) {
                    report.finished(delivery.finishDecided());
                }
            }
            redrive(sink, memory, found, followUp, tables, threads);
            if (loads != null && !dryRun) {
                loads.load();
            }
        }
    }

    /** What loads the objects that come of it, null where they are the destination. */
    private RedrivenLoads loads() {
        return plan.redshift() == null
                ? null
                : new RedrivenLoads(plan.redshift(), plan.warehouseAws(), this::connect);
    }

    private void redrive(
            S3SinkConfig sink,
            RedriveMemory memory,
            List<ListedObject> found,
            RedriveFollowUp followUp,
            TableRedrive tables,
            int threads)
            throws Exception {
        int crew = Math.max(1, Math.min(threads, found.size()));
        S3SinkConfig share = sink.shared(crew);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(crew);
        try {
            List<Future<?>> members = new ArrayList<>();
            for (int i = 0; i < crew; i++) {
                members.add(
                        pool.submit(
                                () -> {
                                    boolean isThrough = false;
                                    try {
                                        redrive(
                                                share, memory, found, followUp, tables, next,
                                                stopped);
                                        isThrough = true;
                                    } finally {
                                        if (!isThrough) {
                                            stopped.set(true);
                                        }
                                    }
                                    return null;
                                }));
            }
            await(members);
        } finally {
            pool.shutdownNow();
        }
    }

    private void redrive(
            S3SinkConfig share,
            RedriveMemory memory,
            List<ListedObject> found,
            RedriveFollowUp followUp,
            TableRedrive tables,
            AtomicInteger next,
            AtomicBoolean stopped)
            throws Exception {
        ObjectStore store = connect();
        try (TableRoom room = room(tables);
                RedriveDelivery delivery =
                        new RedriveDelivery(
                                share,
                                store,
                                Clock.systemUTC(),
                                memory,
                                followUp,
                                room == null ? RedriveCommits.NONE : room.commits());
                RedriveRooms rooms = new RedriveRooms(plan, room)) {
            Redrive redrive =
                    new Redrive(
                            from,
                            objects(store),
                            rooms,
                            dryRun ? RedriveTarget.dryRun(delivery) : RedriveTarget.of(delivery),
                            report,
                            progress);
            for (int i = next.getAndIncrement();
                    i < found.size() && !stopped.get();
                    i = next.getAndIncrement()) {
                redrive.redrive(found.get(i));
                progress.through();
            }
        }
    }

    /** The tables that records go to, null where they go to none, or are not to. */
    private TableRedrive tables() throws IOException {
        return plan.iceberg() == null || dryRun
                ? null
                : TableRedrive.open(
                        plan.iceberg(),
                        plan.deliveryStream(),
                        plan.sink().naming().streamVersion());
    }

    private TableRoom room(TableRedrive tables) throws IOException {
        if (plan.iceberg() == null) {
            return null;
        }
        return tables == null ? TableRoom.dryRun(plan.iceberg()) : TableRoom.of(tables);
    }

    /** Waits for all, so that nothing is under way when the first failure is thrown. */
    private static void await(List<Future<?>> members) throws Exception {
        ExecutionException failure = null;
        for (Future<?> member : members) {
            try {
                member.get();
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.getCause().addSuppressed(e.getCause());
                }
            }
        }
        if (failure == null) {
            return;
        }
        if (failure.getCause() instanceof Exception cause) {
            throw cause;
        }
        throw failure;
    }

    private DeliveredObjects objects(ObjectStore store) {
        return new DeliveredObjects(
                store,
                S3Calls.ofCommand(plan.sink().retryTimeout(), RetryClock.SYSTEM),
                from.bucket());
    }

    private ObjectStore connect() {
        return S3ObjectStore.connect(plan.sinkAws(), plan.sink().store());
    }
}
