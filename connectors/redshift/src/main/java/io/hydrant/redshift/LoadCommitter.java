package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;

import org.apache.flink.api.connector.sink2.Committer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes the staged objects of a completed checkpoint visible, then queues their load.
 *
 * <p>Everything here may be repeated: objects are found there, and what is queued twice is loaded
 * once, for the warehouse knows each by its identity. When the input has ended it waits until the
 * queue is empty.
 */
final class LoadCommitter implements Committer<StagedCommittable> {

    private final Committer<S3Committable> objects;
    private final LoadQueue queue;
    private final LoadWorker worker;
    private final AutoCloseable resources;

    /**
     * A committer that closes all it is given.
     *
     * @param resources what queue and worker stand on
     */
    LoadCommitter(
            Committer<S3Committable> objects,
            LoadQueue queue,
            LoadWorker worker,
            AutoCloseable resources) {
        this.objects = objects;
        this.queue = queue;
        this.worker = worker;
        this.resources = resources;
    }

    @Override
    public void commit(Collection<CommitRequest<StagedCommittable>> requests)
            throws IOException, InterruptedException {
        worker.throwFailure();
        List<CommitRequest<S3Committable>> staged = new ArrayList<>();
        List<StagedFile> files = new ArrayList<>();
        boolean isLast = false;
        for (CommitRequest<StagedCommittable> request : requests) {
            S3Committable object = request.getCommittable().staged();
            isLast |= request.getCommittable().isLast();
            if (object != null) {
                staged.add(new StagedRequest(request));
                if (object.entry().kind() == EntryKind.DATA) {
                    files.add(StagedFile.of(object));
                }
            }
        }
        objects.commit(staged);
        if (!files.isEmpty()) {
            queue.add(QueuedLoad.of(files));
        }
        if (isLast) {
            worker.drainNow();
        } else if (!files.isEmpty()) {
            worker.wake();
        }
    }

    @Override
    public void close() throws Exception {
        try (AutoCloseable first = resources;
                AutoCloseable second = objects) {
            worker.close();
        }
    }
}
