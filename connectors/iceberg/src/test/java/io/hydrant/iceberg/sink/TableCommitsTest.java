package io.hydrant.iceberg.sink;

import io.hydrant.core.retry.RetryClock;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TableCommitsTest {

    private static final String APPLE = "{\"id\":1,\"item\":\"apple\",\"count\":3}";
    private static final String PEAR = "{\"id\":2,\"item\":\"pear\",\"count\":5}";
    private static final String PLUM = "{\"id\":3,\"item\":\"plum\",\"count\":7}";

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Deliveries delivery = new Deliveries(catalog, Deliveries.config());

    /** Time that passes only by waiting. */
    private static final class WaitingTime implements RetryClock {
        private long nanos;
        private int pauses;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void pause(Duration length) {
            nanos += length.toNanos();
            pauses++;
        }
    }

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void commitsWhatIsDueAndNothingTwice() throws Exception {
        TableCommit first = delivery.commit("a@1", APPLE);
        assertThat(delivery.committer().commit(List.of(first))).isEqualTo(1);

        assertThat(delivery.committer().commit(List.of(first))).isZero();
        assertThat(delivery.committer().commit(List.of(delivery.commit("a@2", PEAR)))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void commitsSeveralCheckpointsLateAndTogether() throws Exception {
        TableCommit first = delivery.commit("a@1", APPLE);
        TableCommit second = delivery.commit("a@2", PEAR, PLUM);

        assertThat(delivery.committer().commit(List.of(first, second))).isEqualTo(3);
        assertThat(delivery.committer().commit(List.of(first, second))).isZero();
        assertThat(Deliveries.rows(catalog)).hasSize(3);
    }

    @Test
    void aCommitOfWhichOnlyTheFirstIsThereIsMadeUpForTheRest() throws Exception {
        TableCommit first = delivery.commit("a@1", APPLE);
        TableCommit second = delivery.commit("a@2", PEAR);
        delivery.committer().commit(List.of(first));

        assertThat(delivery.committer().commit(List.of(first, second))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void knowsItsCommitAgainUnderAnotherJob() throws Exception {
        TableCommit pending = delivery.commit("a@5", APPLE);
        delivery.committer().commit(List.of(pending));

        // The savepoint has the commit as due still; the job that goes on from it is another run.
        TableCommit next = delivery.commit("a@5,b@6", PEAR);
        assertThat(delivery.committer().commit(List.of(pending, next))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void commitsWhatAnOldSavepointHasPendingAndTheTableLacks() throws Exception {
        TableCommit pending = delivery.commit("a@5", APPLE);
        TableCommit next = delivery.commit("a@5,b@6", PEAR);

        assertThat(delivery.committer().commit(List.of(pending))).isEqualTo(1);
        assertThat(delivery.committer().commit(List.of(next))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).hasSize(2);
    }

    @Test
    void refusesToGoOnFromASavepointThatOthersWentOnFrom() throws Exception {
        delivery.committer().commit(List.of(delivery.commit("a@5", APPLE)));
        delivery.committer().commit(List.of(delivery.commit("a@6", PEAR)));
        TableCommit fork = delivery.commit("a@5,b@6", PEAR);

        assertThatThrownBy(() -> delivery.committer().commit(List.of(fork)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds the commit a@6 of orders")
                .hasMessageContaining("iceberg.commit.on-fork");
        assertThat(Deliveries.rows(catalog)).hasSize(2);
    }

    @Test
    void goesOnFromThereWhereTheTableWasRolledBack() throws Exception {
        delivery.committer().commit(List.of(delivery.commit("a@5", APPLE)));
        Table table = catalog.loadTable(Deliveries.TABLE);
        long before = table.currentSnapshot().snapshotId();
        delivery.committer().commit(List.of(delivery.commit("a@6", PEAR)));
        table.refresh();
        table.manageSnapshots().rollbackTo(before).commit();

        delivery.committer().commit(List.of(delivery.commit("a@5,b@6", PEAR)));

        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void goesOnAllTheSameWhereThatIsAskedFor() throws Exception {
        Deliveries appending =
                new Deliveries(catalog, Deliveries.config("iceberg.commit.on-fork", "APPEND"));
        delivery.committer().commit(List.of(delivery.commit("a@6", APPLE)));

        appending.committer().commit(List.of(appending.commit("b@1", APPLE)));
        appending.committer().commit(List.of(appending.commit("b@2", PEAR)));

        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "1 apple 3", "2 pear 5");
    }

    @Test
    void knowsItsCommitAgainBehindAForeignOne() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        delivery.committer().commit(List.of(ours));
        commitForeign();

        assertThat(delivery.committer().commit(List.of(ours))).isZero();
        delivery.committer().commit(List.of(delivery.commit("a@2", PLUM)));
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5", "3 plum 7");
    }

    @Test
    void knowsItsCommitAgainWhenItsSnapshotIsExpired() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        delivery.committer().commit(List.of(ours));
        commitForeign();
        Table table = catalog.loadTable(Deliveries.TABLE);
        table.expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
        assertThat(table.snapshots()).hasSize(1);

        assertThat(delivery.committer().commit(List.of(ours))).isZero();
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void twoDeliveriesIntoOneTableDoNotKnowOfOneAnother() throws Exception {
        Deliveries other =
                new Deliveries(catalog, Deliveries.config("iceberg.commit.id", "returns"));

        delivery.committer().commit(List.of(delivery.commit("a@7", APPLE)));
        other.committer().commit(List.of(other.commit("b@1", PEAR)));
        delivery.committer().commit(List.of(delivery.commit("a@8", PLUM)));

        assertThat(Deliveries.rows(catalog)).hasSize(3);
    }

    @Test
    void aCommitWhoseAnswerWasLostCounts() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        catalog.behindNextCommit(
                () -> {
                    throw new CommitStateUnknownException(new IOException("connection reset"));
                });

        WaitingTime time = new WaitingTime();
        delivery.committer(time).commit(List.of(ours));

        assertThat(time.pauses).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3");
    }

    @Test
    void anAttemptThatLandsLateIsRefusedByTheTable() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        TableCommit sameAgain = delivery.commit("a@1", APPLE);
        // Between the look at the table and the commit, another attempt of the same gets through.
        catalog.beforeNextCommit(
                () -> {
                    try {
                        delivery.committer().commit(List.of(sameAgain));
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });

        assertThat(delivery.committer(new WaitingTime()).commit(List.of(ours))).isZero();
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3");
    }

    @Test
    void aForeignCommitInBetweenIsNoObstacle() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        catalog.beforeNextCommit(this::commitForeign);

        assertThat(delivery.committer().commit(List.of(ours))).isEqualTo(1);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 apple 3", "2 pear 5");
    }

    @Test
    void repeatsWhatMayWorkLater() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        for (int i = 0; i < 3; i++) {
            catalog.beforeNextCommit(
                    () -> {
                        throw new ServiceFailureException("try again");
                    });
        }

        assertThat(delivery.committer(new WaitingTime()).commit(List.of(ours))).isEqualTo(1);
    }

    @Test
    void givesUpAfterTheTimeoutAndCommitsInTheNextAttempt() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        for (int i = 0; i < 100; i++) {
            catalog.beforeNextCommit(
                    () -> {
                        throw new ServiceFailureException("try again");
                    });
        }

        assertThatThrownBy(() -> delivery.committer(new WaitingTime()).commit(List.of(ours)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing is lost");
        assertThat(Deliveries.rows(catalog)).isEmpty();
    }

    @Test
    void doesNotRepeatWhatNoWaitingMends() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        catalog.beforeNextCommit(
                () -> {
                    throw new ForbiddenException("no");
                });
        WaitingTime time = new WaitingTime();

        assertThatThrownBy(() -> delivery.committer(time).commit(List.of(ours)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shop.orders");
        assertThat(time.pauses).isZero();
    }

    @Test
    void leavesNoStagedManifestsBehind() throws Exception {
        TableCommit ours = delivery.commit("a@1", APPLE);
        String staged = ManifestFiles.decode(ours.steps().get(0).get(0)).path();
        Table table = catalog.loadTable(Deliveries.TABLE);
        assertThat(table.io().newInputFile(staged).exists()).isTrue();

        delivery.committer().commit(List.of(ours));

        assertThatThrownBy(() -> table.io().newInputFile(staged))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(staged);
    }

    @Test
    void aSnapshotSaysWhoseItIsAndHowManyRowsItHas() throws Exception {
        delivery.committer().commit(List.of(delivery.commit("a@1", APPLE, PEAR)));

        Snapshot snapshot = catalog.loadTable(Deliveries.TABLE).currentSnapshot();
        assertThat(snapshot.summary())
                .containsEntry("hydrant.commit.orders", "a@1")
                .containsEntry("hydrant.records", "2");
    }

    private void commitForeign() {
        try {
            Table table = catalog.loadTable(Deliveries.TABLE);
            StagedManifests.Files files =
                    StagedManifests.read(table, delivery.commit("x@1", PEAR).steps().get(0));
            AppendFiles append = table.newAppend();
            files.data().forEach(append::appendFile);
            append.commit();
        } catch (Refusal | IOException e) {
            throw new AssertionError(e);
        }
    }
}
