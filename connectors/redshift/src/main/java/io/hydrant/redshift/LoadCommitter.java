package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedObjects;

import org.apache.flink.api.connector.sink2.Committer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Makes the staged objects of a completed checkpoint visible, then queues their load.
 *
 * <p>Everything here may be repeated: objects are found there, and what is queued twice is loaded
 * once, for the warehouse knows each by its identity. When the input of all tasks has ended it
 * waits until the queue is empty.
 */
final class LoadCommitter implements Committer<StagedCommittable> {

    private final Committer<S3Committable> objects;
    private final LoadQueue queue;
    private final LoadWorker worker;
    private final InputEnd end;
    private final AutoCloseable resources;

    /**
     * A committer that closes all it is given.
     *
     * @param end what the end of this task's input is noted in
     * @param resources what queue and worker stand on
     */
    LoadCommitter(
            Committer<S3Committable> objects,
            LoadQueue queue,
            LoadWorker worker,
            InputEnd end,
            AutoCloseable resources) {
        this.objects = objects;
        this.queue = queue;
        this.worker = worker;
        this.end = end;
        this.resources = resources;
    }

    @Override
    public void commit(Collection<CommitRequest<StagedCommittable>> requests)
            throws IOException, InterruptedException {
        worker.throwFailure();
        StagedObjects staged = StagedObjects.commit(objects, requests);
        List<StagedFile> files = filesToLoad(staged.made());
        if (!files.isEmpty()) {
            queue.add(QueuedLoad.of(files));
        }
        if (staged.isLast()) {
            end.note();
        }
        if (staged.isLast() && end.isOfAll()) {
            worker.drainNow();
            end.forget();
        } else if (!files.isEmpty()) {
            worker.wake();
        }
    }

    /** Error objects, and lines of the ledger alone, are in no table. */
    static List<StagedFile> filesToLoad(List<S3Committable> made) {
        return made.stream()
                .filter(object -> object.entry().kind() == EntryKind.DATA)
                .map(StagedFile::of)
                .toList();
    }

    @Override
    public void close() throws Exception {
        try (AutoCloseable first = resources;
                AutoCloseable second = objects) {
            worker.close();
        }
    }
}
