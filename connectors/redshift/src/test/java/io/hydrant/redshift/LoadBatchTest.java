package io.hydrant.redshift;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBatchTest {

    private static final UUID LOAD = new UUID(0, 7);
    private static final StagedFile FIRST = file(1, "it's/one", 10);
    private static final StagedFile SECOND = file(2, "two", 5);

    @Test
    void expectsWhatWasReadOfTheLedgerAndTheRowsOfAllRecords() {
        LoadBatch batch = batch(Map.of(), order(false, Map.of()));

        assertThat(batch.statements())
                .containsExactly(
                        "SET LOCAL statement_timeout TO 1800000",
                        "LOCK TABLE flights_hydrant_ledger",
                        "SELECT 1 / CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END FROM flights_hydrant_ledger WHERE object_id IN ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002')",
                        "COPY flights FROM 's3://stage/m' IAM_ROLE default MANIFEST CSV MAXERROR 1000",
                        "SELECT 1 / CASE WHEN pg_last_copy_count() = 15 THEN 1 ELSE 0 END",
                        "INSERT INTO flights_hydrant_ledger (object_id, load_id, delivery_stream, object, records, refused, load_rows, loaded_at) VALUES "
                                + "('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000007', 'orders', 's3://stage/it''s/one', 10, 0, 15, GETDATE()), "
                                + "('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000007', 'orders', 's3://stage/two', 5, 0, 15, GETDATE())");
        assertThat(batch.ledgerGuard()).isEqualTo(2);
        assertThat(batch.rowsGuard()).isEqualTo(4);
    }

    @Test
    void expectsFewerRowsWhereSomeAreRefused() {
        LoadBatch batch = batch(Map.of(), order(false, Map.of(SECOND.id(), 2L)));

        assertThat(batch.statements().get(4)).contains("pg_last_copy_count() = 13");
        assertThat(batch.statements().get(5)).contains("', 10, 0, 13,", "', 5, 2, 13,");
    }

    @Test
    void removesRowsBehindTheGuardThatNobodyOfTheDeliveryLoadedAnything() {
        LoadBatch batch = batch(Map.of("redshift.load-mode", "REPLACE"), order(true, Map.of()));

        assertThat(batch.statements().get(batch.ledgerGuard()))
                .endsWith(" OR delivery_stream = 'orders'");
        assertThat(batch.statements().subList(3, 6))
                .satisfiesExactly(
                        sql -> assertThat(sql).isEqualTo("DELETE FROM flights"),
                        sql -> assertThat(sql).startsWith("UPDATE flights_hydrant_ledger SET"),
                        sql -> assertThat(sql).startsWith("COPY flights "));
        assertThat(batch.rowsGuard()).isEqualTo(6);
    }

    @Test
    void countsTheRowsOfTheSessionsTableBeforeTheyGoByKey() {
        LoadBatch batch =
                batch(
                        Map.of(
                                "redshift.keys", "id",
                                "redshift.order-column", "at",
                                "redshift.columns", "id,at"),
                        order(false, Map.of()));

        assertThat(batch.statements().stream().map(sql -> sql.split(" ", 3)[0]))
                .containsExactly(
                        "SET", "LOCK", "SELECT", "DROP", "CREATE", "COPY", "SELECT", "DELETE",
                        "INSERT", "INSERT");
        assertThat(batch.statements().get(5)).startsWith("COPY hydrant_stage (id, at) ");
        assertThat(batch.rowsGuard()).isEqualTo(6);
    }

    @Test
    void hasRoomForAThousandFilesHoweverLongTheirNames() {
        List<StagedFile> files = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            files.add(file(i, "ü".repeat(512) + i, 1));
        }
        LoadBatch batch = batch(Map.of(), order(false, Map.of(), files));

        assertThat(batch.fits()).isTrue();
        assertThat(String.join("", batch.statements())).contains("s3://stage/" + "ü".repeat(512));
        assertThat(batch.statements()).hasSizeGreaterThan(10);
    }

    @Test
    void saysWhereThereAreTooMany() {
        List<StagedFile> files = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            files.add(file(i, "data/" + i, 1));
        }
        assertThat(batch(Map.of(), order(false, Map.of(), files)).fits()).isFalse();
    }

    private static LoadBatch batch(Map<String, String> options, LoadBatch.Order order) {
        Map<String, String> all = new HashMap<>();
        all.put("s3.bucket", "stage");
        all.put("delivery.stream.name", "orders");
        all.put("redshift.access", "DATA_API");
        all.put("redshift.workgroup", "analytics");
        all.put("redshift.jdbc-url", "jdbc:redshift://localhost/dev");
        all.put("redshift.table", "flights");
        all.put("redshift.copy-options", "CSV");
        all.putAll(options);
        RedshiftConfig config = RedshiftConfig.from(Configuration.fromMap(all));
        // Its manifest is written already.
        return LoadBatch.of(config, new RedshiftDialect(config, null), order);
    }

    private static LoadBatch.Order order(boolean isReplacing, Map<UUID, Long> refused) {
        return order(isReplacing, refused, List.of(FIRST, SECOND));
    }

    private static LoadBatch.Order order(
            boolean isReplacing, Map<UUID, Long> refused, List<StagedFile> files) {
        return new LoadBatch.Order(LOAD, files, "s3://stage/m", isReplacing, refused);
    }

    private static StagedFile file(int id, String key, long records) {
        return new StagedFile(new UUID(0, id), "stage", key, 100, records, 1_000);
    }
}
