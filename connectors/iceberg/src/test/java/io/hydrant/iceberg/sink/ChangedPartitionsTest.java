package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;

import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Rows by key where others change what a table is partitioned by: a deletion reaches only rows
 * under the partition spec that it is written under.
 */
@Timeout(60)
class ChangedPartitionsTest {

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final IcebergConfig byKey =
            Deliveries.config(
                    "iceberg.tables", Deliveries.BY_KEY,
                    "iceberg.route.query", "{operation:.op}",
                    "iceberg.schema.unknown-fields", "IGNORE",
                    "iceberg.schema.refresh-interval", "0 s");
    private final Deliveries delivery = new Deliveries(catalog, byKey);

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void replacesAndRemovesRowsThatWereWrittenBeforeTheTableWasPartitioned() throws Exception {
        commit(1, record(1, "old", "insert"), record(2, "old", "insert"));
        partitionBy(4);

        commit(2, record(1, "new", "update"), record(2, "gone", "delete"));

        assertThat(Deliveries.rows(catalog)).containsExactly("1 new null");
    }

    @Test
    void replacesRowsThatWereWrittenUnderOtherPartitions() throws Exception {
        partitionBy(4);
        commit(1, record(1, "old", "insert"), record(2, "old", "insert"));
        table().updateSpec()
                .removeField("id_bucket_4")
                .addField(Expressions.bucket("id", 16))
                .commit();
        commit(2, record(1, "newer", "update"), record(3, "other", "insert"));
        table().updateSpec()
                .removeField("id_bucket_16")
                .addField(Expressions.truncate("id", 10))
                .commit();

        commit(3, record(1, "newest", "update"), record(3, "gone", "delete"));

        assertThat(Deliveries.rows(catalog)).containsExactly("1 newest null", "2 old null");
    }

    @Test
    void refusesToReplaceRowsThatLieUnderAColumnThatIsNoKey() throws Exception {
        table().updateSpec().addField("item").commit();
        Deliveries appending = new Deliveries(catalog, Deliveries.config());
        appending.committer().commit(List.of(appending.commit("a@1", "{\"id\":1,\"item\":\"a\"}")));
        table().updateSpec().removeField("item").commit();

        assertThatThrownBy(() -> delivery.row(record(1, "new", "update")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("item")
                .hasMessageContaining("rewrite");

        table().newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        commit(2, record(1, "new", "update"));
        assertThat(Deliveries.rows(catalog)).containsExactly("1 new null");
    }

    private void commit(int checkpoint, String... records) throws Exception {
        delivery.committer().commit(List.of(delivery.commit("a@" + checkpoint, records)));
    }

    private void partitionBy(int buckets) {
        table().updateSpec().addField(Expressions.bucket("id", buckets)).commit();
    }

    private Table table() {
        return catalog.loadTable(Deliveries.TABLE);
    }

    private static String record(long id, String item, String operation) {
        return "{\"id\":%d,\"item\":\"%s\",\"op\":\"%s\"}".formatted(id, item, operation);
    }
}
