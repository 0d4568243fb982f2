package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.FolderStore;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

class TableCommitterTest {

    @TempDir private Path folder;

    private final List<String> committed = new ArrayList<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** A catalog that does not answer before it is told to. */
    private final RecordingRounds rounds =
            new RecordingRounds(
                    object -> {
                        reached.countDown();
                        try {
                            answer.await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    });

    private WaitingObjects waiting;
    private TableCommitter committer;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectory(folder.resolve("lake"));
        waiting = Notes.in(new FolderStore(folder));
        FolderStore loading = new FolderStore(folder);
        committer =
                new TableCommitter(
                        new RecordingObjects(committed),
                        waiting,
                        new LoadThread(
                                new TableLoader(
                                        Notes.in(loading),
                                        rounds,
                                        new StagedTablesMetrics(new UnregisteredMetricsGroup()),
                                        Duration.ofSeconds(60),
                                        RetryClock.SYSTEM),
                                loading),
                        new FolderStore(folder));
    }

    /** The thread uses the folder for as long as it runs. */
    @AfterEach
    void awaitTheEnd() throws Exception {
        committer.close();
        rounds.closed.await();
    }

    @Test
    void noCommitWaitsForACatalogThatHangsAndTheEndWaitsForAll() throws Exception {
        committer.commit(List.of(request(EntryKind.WAITING, 1, false)));
        reached.await();

        committer.commit(
                List.of(
                        request(EntryKind.WAITING, 2, false),
                        request(EntryKind.ERROR, 3, false),
                        request(EntryKind.WAITING, 4, false)));

        assertThat(committed).containsExactly("o-1", "o-2", "o-3", "o-4");
        assertThat(waiting.keys()).hasSize(3);
        assertThat(rounds.calls).containsExactly("begin");

        answer.countDown();
        committer.commit(List.of(new Request(new StagedCommittable(null, true))));

        assertThat(waiting.keys()).isEmpty();
        assertThat(rounds.calls).contains("o-1", "o-2", "o-4").doesNotContain("o-3");
    }

    @Test
    void aCommitThatIsRepeatedNotesNothingTwice() throws Exception {
        committer.commit(List.of(request(EntryKind.WAITING, 1, false)));
        reached.await();
        committer.commit(List.of(request(EntryKind.WAITING, 1, false)));

        assertThat(waiting.keys()).hasSize(1);
        answer.countDown();
    }

    @Test
    void aTaskThatEndsDoesNotWaitForTheCatalogAndLeavesWhatWaits() throws Exception {
        committer.commit(List.of(request(EntryKind.WAITING, 1, false)));
        reached.await();

        committer.close();

        interrupted.await();
        assertThat(waiting.keys()).hasSize(1);
        assertThat(rounds.calls).doesNotContain("o-1");
    }

    private static Request request(EntryKind kind, int number, boolean isLast) {
        return new Request(new StagedCommittable(Notes.committable(kind, number), isLast));
    }

    /** Objects that appear at once. */
    private record RecordingObjects(List<String> committed) implements Committer<S3Committable> {

        @Override
        public void commit(Collection<CommitRequest<S3Committable>> requests) {
            requests.forEach(each -> committed.add(each.getCommittable().key()));
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    /** A request that nothing is answered to. */
    private record Request(StagedCommittable getCommittable)
            implements CommitRequest<StagedCommittable> {

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError("failed", reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError("failed", reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("to be retried");
        }

        @Override
        public void updateAndRetryLater(StagedCommittable committable) {
            throw new AssertionError("to be retried");
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError("committed before");
        }
    }
}
