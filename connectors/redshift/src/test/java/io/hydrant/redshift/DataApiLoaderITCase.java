package io.hydrant.redshift;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.localstack.fakes.redshift.FakeDataApi;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * All that holds over JDBC holds by the Data API; and what only that can do. Where a test loses the
 * connection, the API says that a batch has failed, carried out or not.
 */
class DataApiLoaderITCase extends LoaderITCase {

    @Override
    AccessPath path() {
        return AccessPath.DATA_API;
    }

    /** As over JDBC: only the manifest is written, and the queue kept, by the store. */
    @Override
    void loadsOnceWhateverRequestToTheStoreFails() {}

    /** By key or not, a batch is carried out as a whole. */
    @Override
    void leavesTheLatestOfEachKeyWhereverTheConnectionIsLost() {}

    /** A batch outlives the task that asked for it, and then is one whose connection is lost. */
    @Override
    void loadsOnceWhereverTheTaskDies() {}

    /** Calls are lost, on either side of what they ask for, until the service gives up or not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExecuteStatement",
                "BatchExecuteStatement",
                "DescribeStatement",
                "GetStatementResult"
            })
    void loadsOnceWhateverCallIsLost(String action) throws Exception {
        List<String> expected = new ArrayList<>();
        for (int times : List.of(1, 7)) {
            for (boolean isAfter : List.of(false, true)) {
                String row = times + (isAfter ? "b" : "a");
                queue(rig.stage(config, times + "," + row));
                expected.add(times + row);
                rig.dataApi()
                        .faults()
                        .next(
                                action,
                                times,
                                isAfter
                                        ? io.hydrant.localstack.fakes.http.Fault.dropAnswer()
                                        : io.hydrant.localstack.fakes.http.Fault.dropRequest());
                drain();
                rig.heal();
                assertHolds(expected.toArray(new String[0]));
            }
        }
        assertThat(ledger()).hasSize(expected.size());
    }

    @Test
    void asksForNothingTwiceWhereAnAnswerIsLost() throws Exception {
        queue(rig.stage(config, "1,a"));
        drain();
        AtomicInteger copies = countCopies();
        rig.dataApi()
                .faults()
                .next(
                        "BatchExecuteStatement",
                        2,
                        io.hydrant.localstack.fakes.http.Fault.dropAnswer());
        queue(rig.stage(config, "2,b"));
        drain();
        assertHolds("1a", "2b");
        assertThat(copies).hasValue(1);
    }

    /**
     * Two attempts have read the ledger before either has locked it, as where a batch that was
     * given up is carried out after all: the second to lock finds the files loaded and copies
     * nothing.
     */
    @Test
    void loadsOnceWhereTwoReadTheLedgerBeforeEitherLoads() throws Exception {
        queue(rig.stage(config, "0,first"));
        drain();
        CountDownLatch bothHaveRead = new CountDownLatch(2);
        AtomicInteger copies = new AtomicInteger();
        rig.faults(
                sql -> {
                    copies.addAndGet(sql.startsWith("COPY") ? 1 : 0);
                    if (!sql.startsWith("LOCK")) {
                        return Fault.NONE;
                    }
                    bothHaveRead.countDown();
                    return Fault.holdUntil(bothHaveRead);
                });
        queue(rig.stage(config, "1,a"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> first = threads.submit(this::drainQuietly);
        Future<?> second = threads.submit(this::drainQuietly);
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        assertHolds("0first", "1a");
        assertThat(ledger()).hasSize(2);
        assertThat(copies).hasValue(1);
    }

    private Void drainQuietly() throws Exception {
        drain();
        return null;
    }

    @Test
    void triesAgainWhereSomebodyCancelsTheStatement() throws Exception {
        AtomicInteger copies = new AtomicInteger();
        rig.faults(
                sql -> {
                    if (sql.startsWith("COPY") && copies.getAndIncrement() == 0) {
                        rig.dataApi().abortAll();
                    }
                    return Fault.NONE;
                });
        queue(rig.stage(config, "1,a"));
        drain();
        assertHolds("1a");
        assertThat(copies).hasValue(2);
    }

    @Test
    void copiesASecondTimeOnlyWhereRowsAreRefused() throws Exception {
        AtomicInteger copies = countCopies();
        queue(rig.stage(config, "1,a"), rig.stage(config, "oops,b", "3,c"));
        drain();
        assertHolds("1a", "3c");
        assertThat(ledger()).containsExactly("1/0", "2/1");
        assertThat(copies).hasValue(2);
        assertThat(rig.rows("SELECT DISTINCT load_rows FROM " + config.ledgerTable()))
                .containsExactly("2");
    }

    private AtomicInteger countCopies() {
        AtomicInteger copies = new AtomicInteger();
        rig.faults(
                sql -> {
                    copies.addAndGet(sql.startsWith("COPY") ? 1 : 0);
                    return Fault.NONE;
                });
        return copies;
    }

    /** Records that hold several rows do not go with what is expected beforehand. */
    @Override
    @Test
    void doesNotCountALoadWhoseRowsAreNotItsRecordsUnlessToldTo() throws Exception {
        queue(rig.stage(config, "1,a\n2,b"));
        drain();
        assertHolds();
        assertThat(rig.keys("errors/manifests/stream-" + table)).hasSize(1);

        assertThatThrownBy(() -> rig.config(table, Map.of("redshift.rows-per-record", "ANY")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redshift.rows-per-record is ANY, and redshift.access is");
    }

    @Test
    void loadsMoreObjectsThanABatchHasRoomForInSeveral() throws Exception {
        AtomicInteger copies = countCopies();
        List<StagedFile> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.add(rig.stage(config, i + ",a"));
        }
        try (ObjectStore store = rig.store(config)) {
            S3Calls calls = new S3Calls(Duration.ofMinutes(1), RetryClock.SYSTEM);
            try (DataApiPath path =
                    new DataApiPath(
                            DataApi.open(
                                    config.access(), rig.services(), new WarehouseRig.ShortPause()),
                            config,
                            new Manifests(store, calls, config),
                            new RefusedRows(store, calls, config, Clock.systemUTC()),
                            2)) {
                assertThat(path.load(files)).containsExactlyElementsOf(files);
                assertThat(path.load(files)).isEmpty();
            }
        }
        assertThat(copies).hasValue(3);
        assertHolds("0a", "1a", "2a", "3a", "4a");
    }

    @Test
    void verifiesByTheDataApiToo() throws Exception {
        queue(rig.stage(config, "1,a", "2,b"), rig.stage(config, "3,c"));
        assertThat(report(true).tableRows()).isZero();
        assertThat(report(false).tableRows()).isEqualTo(-1);
        drain();
        assertThat(report(true).tableRows()).isEqualTo(3);
        assertThat(report(true).text()).contains("3 rows, 3 by its ledger");
    }

    private LoadReport report(boolean countRows) throws Exception {
        try (LoadReads reads =
                new LoadReads(config, rig.aws(), rig.services(), S3ObjectStore::connect)) {
            return reads.judge(LoadAudit.of(config), countRows);
        }
    }

    @Test
    void takesAClusterWithAUserOrASecretToo() throws Exception {
        for (Map<String, String> who :
                List.of(
                        Map.of("redshift.user", FakeRedshift.USER),
                        Map.of("redshift.secret-arn", FakeDataApi.SECRET_ARN),
                        Map.<String, String>of())) {
            Map<String, String> options = new HashMap<>(who);
            options.put("redshift.cluster-identifier", FakeDataApi.CLUSTER);
            options.put("redshift.workgroup", null);
            config = rig.config(table, options);
            queue(rig.stage(config, "1,a"));
            drain();
        }
        assertHolds("1a", "1a", "1a");
    }

    @Test
    void failsTheJobWhereTheServiceRefuses() throws Exception {
        rig.dataApi()
                .faults()
                .next(
                        "BatchExecuteStatement",
                        1,
                        io.hydrant.localstack.fakes.http.Fault.refuse(
                                400, "AccessDeniedException", "not yours"));
        queue(rig.stage(config, "1,a"));
        assertThatThrownBy(this::drain)
                .hasMessageContaining("Redshift.AuthenticationFailed")
                .hasMessageContaining("not yours")
                .hasMessageContaining("workgroup analytics");
    }
}
