package io.hydrant.redshift;

import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedObjects;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.util.IOUtils;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Makes the staged objects of a completed checkpoint visible, then queues their load, in the queue
 * of the table that each is for.
 *
 * <p>Everything here may be repeated: objects are found there, and what is queued twice is loaded
 * once, for the warehouse knows each by its identity. When the input of all tasks has ended it
 * waits until the queue is empty.
 */
final class LoadCommitter implements Committer<StagedCommittable> {

    private final Committer<S3Committable> objects;
    private final TableLoads tables;
    private final List<LoadRooms> rooms;
    private final List<LoadWorker> workers;
    private final InputEnd end;

    /**
     * A committer that closes all it is given.
     *
     * @param tables says for which table an object is
     * @param rooms queue and loader of each of them, in their order
     * @param workers that load, in the same order
     * @param end what the end of this task's input is noted in
     */
    LoadCommitter(
            Committer<S3Committable> objects,
            TableLoads tables,
            List<LoadRooms> rooms,
            List<LoadWorker> workers,
            InputEnd end) {
        this.objects = objects;
        this.tables = tables;
        this.rooms = List.copyOf(rooms);
        this.workers = List.copyOf(workers);
        this.end = end;
    }

    @Override
    public void commit(Collection<CommitRequest<StagedCommittable>> requests)
            throws IOException, InterruptedException {
        for (LoadWorker worker : workers) {
            worker.throwFailure();
        }
        StagedObjects staged = StagedObjects.commit(objects, requests);
        Set<Integer> queued = tables.queue(staged.made(), rooms);
        if (staged.isLast()) {
            end.note();
        }
        if (staged.isLast() && end.isOfAll()) {
            drainAll();
            end.forget();
        } else {
            queued.forEach(table -> workers.get(table).wake());
        }
    }

    /** All of them side by side, so that one that takes its time leaves the others theirs. */
    private void drainAll() throws IOException, InterruptedException {
        for (LoadWorker worker : workers) {
            worker.end();
        }
        for (LoadWorker worker : workers) {
            worker.drainNow();
        }
    }

    @Override
    public void close() throws Exception {
        List<AutoCloseable> all = new ArrayList<>(workers);
        all.addAll(rooms);
        all.add(objects);
        IOUtils.closeAll(all);
    }
}
