package io.hydrant.jobs.delivery.staged;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedObjects;
import io.hydrant.s3.stage.WaitingObject;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.ObjectStore;

import org.apache.flink.api.connector.sink2.Committer;

import java.io.IOException;
import java.util.Collection;

/**
 * Makes the objects of a completed checkpoint visible, then notes that they wait.
 *
 * <p>Everything here may be repeated: objects and notes are found there, and what is noted again
 * when it is in its table already is found decided. When the input of the task has ended it waits
 * until nothing waits any more.
 */
final class TableCommitter implements Committer<StagedCommittable> {

    private final Committer<S3Committable> objects;
    private final WaitingObjects waiting;
    private final LoadThread thread;
    private final ObjectStore store;

    /**
     * A committer that closes all it is given.
     *
     * @param store that notes are written to
     */
    TableCommitter(
            Committer<S3Committable> objects,
            WaitingObjects waiting,
            LoadThread thread,
            ObjectStore store) {
        this.objects = objects;
        this.waiting = waiting;
        this.thread = thread;
        this.store = store;
    }

    @Override
    public void commit(Collection<CommitRequest<StagedCommittable>> requests)
            throws IOException, InterruptedException {
        thread.throwFailure();
        StagedObjects staged = StagedObjects.commit(objects, requests);
        for (S3Committable each : staged.made()) {
            if (each.entry().kind() == EntryKind.WAITING) {
                waiting.add(WaitingObject.of(each));
            }
        }
        if (staged.isLast()) {
            thread.drainNow();
        } else {
            thread.wake();
        }
    }

    @Override
    public void close() throws Exception {
        try (ObjectStore first = store;
                AutoCloseable second = objects) {
            thread.close();
        }
    }
}
