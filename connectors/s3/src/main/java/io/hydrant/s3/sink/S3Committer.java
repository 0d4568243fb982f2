package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.ObjectStore;

import org.apache.flink.api.connector.sink2.Committer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the objects of a completed checkpoint visible, then accounts for them in the ledger.
 *
 * <p>Exactly once because Flink hands over what a completed checkpoint holds until a call returns
 * normally, and everything here may be repeated: an object is created under a key with its own
 * random id or found there, and repeated ledger lines have the id of their object. Assumes a store
 * with read-after-write consistency, as S3 is. Breaks if somebody deletes multipart uploads that a
 * checkpoint still counts on, or restores two jobs from one savepoint into one bucket.
 *
 * <p>Objects come before their lines: a line never promises what is not there, and a crash in
 * between repeats both. Failures that may mend are repeated in here, because Flink repeats at once
 * and without a pause.
 */
final class S3Committer implements Committer<S3Committable> {

    private final ObjectStore store;
    private final ObjectCommit objects;
    private final LedgerWriter ledger;
    private final S3CommitterMetrics metrics;
    private final ExecutorService threads;

    /**
     * A committer that closes the store and the ledger.
     *
     * @param ledger null where no ledger is kept
     */
    S3Committer(
            ObjectStore store,
            ObjectCommit objects,
            LedgerWriter ledger,
            S3CommitterMetrics metrics,
            int threadCount) {
        this.store = store;
        this.objects = objects;
        this.ledger = ledger;
        this.metrics = metrics;
        this.threads =
                Executors.newFixedThreadPool(threadCount, new NamedThreads("hydrant-s3-commit"));
    }

    @Override
    public void commit(Collection<CommitRequest<S3Committable>> requests)
            throws IOException, InterruptedException {
        List<S3Committable> committables =
                requests.stream().map(CommitRequest::getCommittable).toList();
        commitObjects(committables.stream().filter(S3Committable::hasObject).toList());
        if (ledger != null && !committables.isEmpty()) {
            List<LedgerEntry> entries = committables.stream().map(S3Committable::entry).toList();
            ledger.write(entries);
        }
    }

    private void commitObjects(List<S3Committable> committables)
            throws IOException, InterruptedException {
        CompletionService<S3Committable> running = new ExecutorCompletionService<>(threads);
        List<Future<S3Committable>> started = new ArrayList<>(committables.size());
        Map<String, BundleCommit> bundles = objects.bundlesOf(committables);
        for (S3Committable committable : committables) {
            started.add(
                    running.submit(
                            () -> {
                                objects.commit(committable, bundles);
                                return committable;
                            }));
        }
        try {
            for (int i = 0; i < started.size(); i++) {
                metrics.delivered(running.take().get());
            }
        } catch (ExecutionException e) {
            metrics.failed();
            throw unwrapped(e);
        } finally {
            // Does nothing to those that are done; after a failure the rest is not worth starting.
            started.forEach(future -> future.cancel(true));
        }
    }

    private static IOException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException known
                ? known
                : new IOException("A commit to S3 failed: " + cause, cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        store.close();
        if (ledger != null) {
            ledger.close();
        }
    }
}
