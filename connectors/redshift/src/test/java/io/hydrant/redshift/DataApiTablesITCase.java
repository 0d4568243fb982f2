package io.hydrant.redshift;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Several tables of one delivery, loaded by the Data API. */
class DataApiTablesITCase {

    private static final int RECORDS = 900;

    /** Records of a key, of which the last counts. */
    private static final int VERSIONS = 3;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void loadsEachRecordIntoItsTableOnceThoughBatchesFail() throws Exception {
        try (WarehouseRig rig = new WarehouseRig(Dialect.REDSHIFT, AccessPath.DATA_API)) {
            String added = rig.newTable();
            String replaced = rig.newTable();
            RedshiftConfig config =
                    rig.config(
                            added,
                            Map.of(
                                    "redshift.copy-options", "JSON 'auto' GZIP",
                                    "redshift.retry-duration", "10 min",
                                    "redshift.route.query", "{destinationTableName: .t}",
                                    "redshift.tables",
                                            "[{\"DataTableName\": \"%s\", \"DataTableColumns\": \"id,name\", \"Keys\": \"id\", \"OrderColumn\": \"name\"}]"
                                                    .formatted(replaced)));
            Set<String> failed = ConcurrentHashMap.newKeySet();
            // The first batch of each table fails behind the note in its ledger.
            rig.faults(
                    sql ->
                            sql.startsWith("INSERT INTO")
                                            && sql.contains("ledger")
                                            && failed.add(sql.substring(0, sql.indexOf("ledger")))
                                    ? Fault.DROP_AFTER
                                    : Fault.NONE);

            job(rig, config, List.of(added, replaced, "none")).execute("redshift");

            assertThat(failed).hasSize(2);
            assertThat(rig.rows("SELECT count(*) FROM " + added)).containsExactly("" + RECORDS / 3);
            assertThat(rig.rows("SELECT count(DISTINCT id) FROM " + added + " WHERE id % 3 = 0"))
                    .containsExactly("" + RECORDS / 3);
            assertThat(rig.rows("SELECT count(*) FROM " + replaced))
                    .containsExactly("" + RECORDS / 3 / VERSIONS);
            assertThat(rig.rows("SELECT DISTINCT name FROM " + replaced))
                    .containsExactly("v" + (VERSIONS - 1));
            assertThat(rig.keys("_hydrant/loads/")).noneMatch(key -> key.contains("/queue/"));
            assertThat(rig.keys("redshift-failed/")).isNotEmpty();
            assertThat(
                            new LoadAudits(config)
                                    .judge(rig.aws(), rig.services(), S3ObjectStore::connect, true))
                    .hasSize(2)
                    .allMatch(report -> report.findings().isEmpty());
        }
    }

    private static StreamExecutionEnvironment job(
            WarehouseRig rig, RedshiftConfig config, List<String> tables) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.enableCheckpointing(100);
        env.fromSource(
                        new NumberSequenceSource(0, RECORDS - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(number -> record(number, tables))
                .returns(DeliveryRecordTypeInformation.INSTANCE)
                .uid("records")
                .sinkTo(new RedshiftSink(config, rig.aws(), rig.services(), S3ObjectStore::connect))
                .uid("redshift");
        return env;
    }

    /** The second table has the same key several times, in versions. */
    private static DeliveryRecord record(long number, List<String> tables) {
        int table = (int) (number % 3);
        long turn = number / 3;
        byte[] row =
                "{\"id\":%d,\"name\":\"%s\",\"t\":\"%s\"}"
                        .formatted(
                                table == 1 ? turn / VERSIONS : number,
                                table == 1 ? "v" + turn % VERSIONS : "x",
                                tables.get(table))
                        .getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope("in", "shard-0", "" + number, 0, "k", 1_000, row, 0, row.length));
    }
}
