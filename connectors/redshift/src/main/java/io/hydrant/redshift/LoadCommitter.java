package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedRequest;

import org.apache.flink.api.connector.sink2.Committer;

import java.io.IOException;
import java.util.ArrayList;
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
        List<CommitRequest<S3Committable>> staged = new ArrayList<>();
        List<S3Committable> made = new ArrayList<>();
        boolean isLast = false;
        for (CommitRequest<StagedCommittable> request : requests) {
            S3Committable object = request.getCommittable().staged();
            isLast |= request.getCommittable().isLast();
            if (object != null) {
                staged.add(new StagedRequest(request));
                made.add(object);
            }
        }
        objects.commit(staged);
        List<StagedFile> files = filesToLoad(made);
        if (!files.isEmpty()) {
            queue.add(QueuedLoad.of(files));
        }
        if (isLast) {
            end.note();
        }
        if (isLast && end.isOfAll()) {
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
