package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The delivery in real jobs, which fail between any two steps and go on as other jobs. */
class IcebergDeliveryITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path temporary;

    private final String name = UUID.randomUUID().toString();
    private final DeliveryJob.Shared shared = DeliveryJob.shared(name);

    /** Where a job fails. */
    enum Step {
        /** While rows are written. */
        WRITING,
        /** With a checkpoint complete and its commit perhaps not. */
        CHECKPOINT,
        /** At the commit, before it is there. */
        BEFORE_COMMIT,
        /** At the commit, which is there and does not know. */
        BEHIND_COMMIT
    }

    @BeforeEach
    void makeTable() {
        Deliveries.create(shared.catalog);
    }

    @AfterEach
    void forget() {
        DeliveryJob.forget(name);
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsARowOnceWhereverTheJobFails(Step step) throws Exception {
        fail(step);

        run(appending(), 2, 400, 60);

        assertHasStruck();
        assertThat(Deliveries.rows(shared.catalog)).isEqualTo(rows(400));
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyHasItsLastStateWhereverTheJobFails(Step step) throws Exception {
        fail(step);

        run(byKey(), 2, 400, 60);

        assertHasStruck();
        assertThat(Deliveries.rows(shared.catalog)).isEqualTo(lastStates());
    }

    @Test
    void goesOnAsAnotherJobWithoutGapOrDouble() throws Exception {
        // With two hundred checkpoints to come it is stopped before it ends, however late.
        JobClient first = appending().start(2, 4_000, 20, null);
        awaitSnapshots(3);
        String savepoint = stop(first);
        assertThat(Deliveries.rows(shared.catalog)).isNotEmpty().hasSizeLessThan(4_000);

        end(appending().start(1, 4_000, 2_000, savepoint));

        assertThat(Deliveries.rows(shared.catalog)).isEqualTo(rows(4_000));
    }

    @Test
    void refusesAnOlderSavepointThanTheTableAndTakesItWithTheTableRolledBack() throws Exception {
        JobClient first = appending().start(1, 8_000, 20, null);
        awaitSnapshots(2);
        String old =
                first.triggerSavepoint(temporary.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        int then = snapshots().size();
        awaitSnapshots(then + 3);
        first.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Conditions.until(
                PATIENCE, "the job to end", () -> first.getJobStatus().get().isTerminalState());
        int before = Deliveries.rows(shared.catalog).size();

        assertThatThrownBy(() -> end(appending().start(1, 8_000, 4_000, old)))
                .hasStackTraceContaining("was begun anew, or from a checkpoint that another run");
        assertThat(Deliveries.rows(shared.catalog)).hasSize(before);

        rollBackTo(old);
        end(appending().start(1, 8_000, 4_000, old));
        assertThat(Deliveries.rows(shared.catalog)).isEqualTo(rows(8_000));
    }

    @Test
    void recordsThatFitNoRowLeaveByTheSideAndTheJobRunsOn() throws Exception {
        DeliveryJob job =
                new DeliveryJob(
                        name,
                        Deliveries.config(),
                        index ->
                                index % 10 == 3
                                        ? "{\"id\":\"three\"}"
                                        : "{\"id\":" + index + ",\"item\":\"i\",\"count\":1}");

        end(job.start(2, 100, 50, null));

        assertThat(Deliveries.rows(shared.catalog)).hasSize(90);
        assertThat(shared.judged)
                .extracting(DeliveryRecord::failure)
                .hasSize(10)
                .allSatisfy(
                        failure -> {
                            assertThat(failure.code()).isEqualTo("Iceberg.TypeMismatch");
                            assertThat(failure.message()).contains("Field id");
                        });
    }

    @Test
    void compactsAndExpiresBesideTheDeliveryThroughAFailure() throws Exception {
        shared.failAtCheckpoint.set(30);
        DeliveryJob job =
                new DeliveryJob(
                        name,
                        Deliveries.config(
                                "iceberg.compaction.enabled", "true",
                                "iceberg.compaction.min-files", "4",
                                "iceberg.snapshots.max-age", "0 s",
                                "iceberg.snapshots.kept", "1",
                                "iceberg.upkeep.interval", "150 ms"),
                        index ->
                                "{\"id\":"
                                        + index
                                        + ",\"item\":\"i\",\"count\":"
                                        + index % 7
                                        + "}");
        JobClient running = job.start(1, 10_000_000, 20, null);

        Conditions.until(
                PATIENCE,
                "a compaction behind the failure, and few snapshots since",
                () ->
                        shared.failAtCheckpoint.get() == -1
                                && compactedRows() > 700
                                && snapshots().size() < 10);
        stop(running);

        int rows = Deliveries.rows(shared.catalog).size();
        assertThat(rows).isPositive();
        assertThat(Deliveries.rows(shared.catalog)).isEqualTo(rows(rows));
        assertThat(snapshots()).hasSizeLessThan(30);
    }

    /** Rows that were in the table when it was compacted last. */
    private long compactedRows() {
        return snapshots().stream()
                .filter(each -> each.operation().equals(DataOperations.REPLACE))
                .mapToLong(each -> Long.parseLong(each.summary().get("total-records")))
                .max()
                .orElse(0);
    }

    private void run(DeliveryJob job, int parallelism, int records, int perCheckpoint)
            throws Exception {
        end(job.start(parallelism, records, perCheckpoint, null));
    }

    private void fail(Step step) {
        switch (step) {
            case WRITING -> shared.failAtRecord.set(150);
            case CHECKPOINT -> shared.failAtCheckpoint.set(3);
            case BEFORE_COMMIT ->
                    shared.catalog
                            .beforeNextCommit(() -> {})
                            .beforeNextCommit(
                                    () -> {
                                        throw new ForbiddenException("The test wants it");
                                    });
            case BEHIND_COMMIT ->
                    shared.catalog
                            .behindNextCommit(() -> {})
                            .behindNextCommit(
                                    () -> {
                                        throw new IllegalStateException("The test wants it");
                                    });
        }
    }

    private void assertHasStruck() {
        assertThat(shared.failAtRecord).hasValue(-1);
        assertThat(shared.failAtCheckpoint).hasValue(-1);
        assertThat(shared.catalog.hasFaults()).isFalse();
    }

    private DeliveryJob appending() {
        return new DeliveryJob(
                name,
                Deliveries.config(),
                index -> "{\"id\":" + index + ",\"item\":\"i\",\"count\":" + index % 7 + "}");
    }

    private static List<String> rows(int records) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            rows.add(i + " i " + i % 7);
        }
        rows.sort(null);
        return rows;
    }

    /**
     * Ten changes of each of 40 keys, those of a key in one task; the last deletes every fourth.
     */
    private DeliveryJob byKey() {
        return new DeliveryJob(
                name,
                Deliveries.config(
                        "iceberg.tables", Deliveries.BY_KEY,
                        "iceberg.route.query", "{operation:.op}",
                        "iceberg.schema.unknown-fields", "IGNORE"),
                index ->
                        "{\"id\":%d,\"item\":\"i\",\"count\":%d,\"op\":\"%s\"}"
                                .formatted(index / 10, index, operation(index)));
    }

    private static String operation(long index) {
        if (index % 10 == 9 && index / 10 % 4 == 0) {
            return "delete";
        }
        return index % 10 == 0 ? "insert" : "update";
    }

    private static List<String> lastStates() {
        List<String> rows = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            if (id % 4 != 0) {
                rows.add(id + " i " + (id * 10 + 9));
            }
        }
        rows.sort(null);
        return rows;
    }

    private String stop(JobClient job) throws Exception {
        return job.stopWithSavepoint(
                        false, temporary.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void end(JobClient job) throws Exception {
        job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        shared.catalog.loadTable(Deliveries.TABLE).snapshots().forEach(snapshots::add);
        return snapshots;
    }

    private void awaitSnapshots(int count) {
        Conditions.until(PATIENCE, count + " snapshots", () -> snapshots().size() >= count);
    }

    /** Rolls back to the last snapshot whose checkpoint is not behind the savepoint. */
    private void rollBackTo(String savepoint) throws IOException {
        long checkpoint = SavepointNumber.of(savepoint);
        Table table = shared.catalog.loadTable(Deliveries.TABLE);
        Snapshot last = null;
        for (Snapshot each : table.snapshots()) {
            CommitMark mark =
                    CommitMark.parse(each.summary().get(CommitHistory.key(Deliveries.DELIVERY)));
            if (mark.own().checkpoint() <= checkpoint) {
                last = each;
            }
        }
        table.manageSnapshots().rollbackTo(last.snapshotId()).commit();
    }
}
