package io.hydrant.redshift;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** The sink in real jobs. */
class RedshiftSinkITCase {

    private static final int RECORDS = 3000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    /** The numbers at which a job is yet to fail, once each and whichever task has them. */
    private static final Set<Long> FAILURES = ConcurrentHashMap.newKeySet();

    private static WarehouseRig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = new WarehouseRig();
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
    }

    @AfterEach
    void heal() {
        rig.heal();
        FAILURES.clear();
    }

    @Test
    void loadsEveryRecordOnceOverFailuresOfTheJobAndOfTheWarehouse() throws Exception {
        String table = rig.newTable();
        RedshiftConfig config = rig.config(table, Map.of("redshift.retry-duration", "10 min"));
        AtomicInteger commits = new AtomicInteger();
        // The answers to the first two commits are lost: the load was carried out.
        rig.faults(
                sql ->
                        sql.equalsIgnoreCase("COMMIT") && commits.getAndIncrement() < 2
                                ? Fault.DROP_AFTER
                                : Fault.NONE);
        FAILURES.addAll(List.of(RECORDS / 3L, RECORDS * 5 / 6L));

        JobClient job = job(config).executeAsync("redshift");

        assertThat(job.getJobExecutionResult().get(120, TimeUnit.SECONDS)).isNotNull();
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
        assertThat(FAILURES).isEmpty();
        assertThat(commits.get()).isGreaterThan(2);
        assertThat(rig.rows("SELECT count(*) FROM " + table)).containsExactly("" + RECORDS);
        assertThat(rig.rows("SELECT count(DISTINCT id) FROM " + table))
                .containsExactly("" + RECORDS);
        assertThat(rig.rows("SELECT sum(records) FROM " + config.ledgerTable()))
                .containsExactly("" + RECORDS);
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/queue/")).isEmpty();
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/ended/")).isEmpty();
    }

    @Test
    void aJobThatFollowsLoadsWhatAnEarlierOneStaged() throws Exception {
        String table = rig.newTable();
        RedshiftConfig config = rig.config(table, Map.of());
        try (LoadRooms rooms = rig.rooms(config)) {
            StagedFile left = rig.stage(config, "-1,left");
            rooms.queue().add(QueuedLoad.of(List.of(left)));
        }

        job(config).executeAsync("redshift").getJobExecutionResult().get(120, TimeUnit.SECONDS);

        assertThat(rig.rows("SELECT count(*) FROM " + table + " WHERE id = -1"))
                .containsExactly("1");
        assertThat(rig.rows("SELECT count(*) FROM " + table)).containsExactly("" + (RECORDS + 1));
    }

    @Test
    void aRunWithAnEndTakesThePlaceOfAllRowsOverAFailureOfTheJob() throws Exception {
        String table = rig.newTable();
        rig.run("INSERT INTO " + table + " VALUES (-5, 'old')");
        RedshiftConfig config = rig.config(table, Map.of("redshift.load-mode", "REPLACE"));
        FAILURES.add(RECORDS / 3L);

        job(config).executeAsync("redshift").getJobExecutionResult().get(120, TimeUnit.SECONDS);

        assertThat(rig.rows("SELECT count(*) FROM " + table)).containsExactly("" + RECORDS);
        assertThat(rig.rows("SELECT count(DISTINCT id) FROM " + table + " WHERE id >= 0"))
                .containsExactly("" + RECORDS);
        assertThat(rig.rows("SELECT count(DISTINCT load_id) FROM " + config.ledgerTable()))
                .containsExactly("1");
    }

    /** The one that is not there keeps no other waiting, and has its records once it is. */
    @Test
    void loadsEachOfSeveralTablesByItself() throws Exception {
        String first = rig.newTable();
        String second = rig.newTable();
        RedshiftConfig config =
                rig.config(
                        first,
                        Map.of(
                                "redshift.copy-options",
                                "JSON 'auto' GZIP",
                                "redshift.retry-duration",
                                "10 min",
                                "redshift.route.query",
                                "{destinationTableName: .t}",
                                "redshift.tables",
                                "[{\"DataTableName\": \"%s\"}, {\"DataTableName\": \"%s_late\"}]"
                                        .formatted(second, second)));
        FAILURES.addAll(List.of(RECORDS / 3L, RECORDS * 5 / 6L));
        List<String> tables = List.of(first, second, second + "_late", "none");

        JobClient job =
                job(
                                config,
                                number ->
                                        "{\"id\":%d,\"name\":\"x\",\"t\":\"%s\"}"
                                                .formatted(number, tables.get((int) (number % 4))))
                        .executeAsync("redshift");

        for (String table : List.of(first, second)) {
            Conditions.until(
                    Duration.ofSeconds(120),
                    "all rows of " + table,
                    () -> rig.rows("SELECT count(*) FROM " + table).contains("" + RECORDS / 4));
        }
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        rig.run("CREATE TABLE " + second + "_late (id int, name varchar(5))");
        assertThat(job.getJobExecutionResult().get(120, TimeUnit.SECONDS)).isNotNull();

        for (int i = 0; i < 3; i++) {
            String found = "FROM " + tables.get(i) + " WHERE id % 4 = " + i;
            assertThat(rig.rows("SELECT count(*) FROM " + tables.get(i)))
                    .containsExactly("" + RECORDS / 4);
            assertThat(rig.rows("SELECT count(DISTINCT id) " + found))
                    .containsExactly("" + RECORDS / 4);
        }
        assertThat(rig.keys("_hydrant/loads/")).noneMatch(key -> key.contains("/queue/"));
        LoadAudits audits = new LoadAudits(config);
        assertThat(audits.judge(rig.aws(), rig.aws(), S3ObjectStore::connect, true))
                .hasSize(3)
                .allMatch(report -> report.tableRows() == RECORDS / 4)
                .allMatch(report -> report.findings().isEmpty());
        assertThat(rig.keys("redshift-failed/")).isNotEmpty();
    }

    private static StreamExecutionEnvironment job(RedshiftConfig config) {
        return job(config, number -> number + ",x");
    }

    private static StreamExecutionEnvironment job(RedshiftConfig config, Rows rows) {
        Configuration options = new Configuration();
        options.setString("restart-strategy.type", "fixed-delay");
        options.setString("restart-strategy.fixed-delay.attempts", "10");
        options.setString("restart-strategy.fixed-delay.delay", "10 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setParallelism(2);
        env.enableCheckpointing(100);
        env.fromSource(
                        new NumberSequenceSource(0, RECORDS - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new FailingRecords(rows))
                .returns(DeliveryRecordTypeInformation.INSTANCE)
                .uid("records")
                .sinkTo(new RedshiftSink(config, rig.aws()))
                .uid("redshift");
        return env;
    }

    /** The row of a number. */
    private interface Rows extends LongFunction<String>, Serializable {}

    /** Rows; fails where it is to, behind some of them, and takes its time. */
    private static final class FailingRecords implements MapFunction<Long, DeliveryRecord> {

        private static final long serialVersionUID = 1L;

        private final Rows rows;

        FailingRecords(Rows rows) {
            this.rows = rows;
        }

        @Override
        public DeliveryRecord map(Long number) {
            if (FAILURES.remove(number)) {
                throw new IllegalStateException("on purpose");
            }
            pace();
            byte[] row = rows.apply(number).getBytes(StandardCharsets.UTF_8);
            return DeliveryRecord.deliver(
                    new Envelope("in", "shard-0", "" + number, 0, "k", 1_000, row, 0, row.length));
        }

        /** Some checkpoints are to complete in between. */
        private static void pace() {
            LockSupport.parkNanos(200_000);
        }
    }
}
