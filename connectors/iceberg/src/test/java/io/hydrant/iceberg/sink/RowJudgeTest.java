package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.RouteText;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.types.RowKind;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowJudgeTest {

    private final FaultyCatalog catalog = new FaultyCatalog();
    private long nanos;

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void aRecordForATableThatIsNotThereIsRefusedUntilItIs() throws Exception {
        RowJudge judge =
                judge(Deliveries.config("iceberg.route.query", "{destinationTableName:.t}"));
        String json = "{\"id\":1,\"t\":\"later\",\"count\":2}";

        assertThatThrownBy(() -> judge.judge(Deliveries.record(json)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "Table shop.later is not in the HADOOP catalog iceberg; make it");
        catalog.createTable(
                TableIdentifier.of("shop", "later"),
                new Schema(
                        Types.NestedField.optional(1, "id", Types.LongType.get()),
                        Types.NestedField.optional(2, "t", Types.StringType.get()),
                        Types.NestedField.optional(3, "count", Types.LongType.get())));
        assertThatThrownBy(() -> judge.judge(Deliveries.record(json)))
                .as("before the task looks again")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not in the HADOOP catalog");
        nanos += Duration.ofSeconds(30).toNanos();

        assertThat(judge.judge(Deliveries.record(json)).table()).isEqualTo("shop.later");
    }

    @Test
    void whatChoseATableBeforeCountsAndIsKeptWhereTheTableRefuses() throws Exception {
        RowJudge judge =
                judge(
                        Deliveries.config(
                                "iceberg.route.query",
                                "{destinationTableName:.t}",
                                "iceberg.tables",
                                "[{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"orders\",\"S3ErrorOutputPrefix\":\"orders-failed/\"},{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"none\"}]"));
        String route =
                RouteText.of(
                        Map.of(
                                "destinationDatabaseName", "shop",
                                "destinationTableName", "orders"));

        assertThat(judge.judge(Deliveries.record("{\"id\":1}").in(route)).table())
                .isEqualTo("shop.orders");
        DeliveryRecord misfit = Deliveries.record("{\"id\":\"x\"}").in(route);
        assertThatThrownBy(() -> judge.judge(misfit))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            DeliveryRecord letter = refusal.deadLetter(misfit);
                            assertThat(letter.partition()).isEqualTo(route);
                            assertThat(letter.failure().errorPrefix()).isEqualTo("orders-failed/");
                        })
                .hasMessageContaining("id");
        DeliveryRecord lost = Deliveries.record("{\"t\":\"none\"}");
        assertThatThrownBy(() -> judge.judge(lost))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.deadLetter(lost).failure().errorPrefix())
                                        .isEmpty())
                .hasMessageContaining("Nothing says");
    }

    @Test
    void makesATableForTheFirstRecord() throws Exception {
        RowJudge judge =
                judge(
                        Deliveries.config(
                                "iceberg.table.create",
                                "true",
                                "iceberg.tables",
                                "[{\"DestinationDatabaseName\":\"fresh\",\"DestinationTableName\":\"t\",\"UniqueKeys\":[\"id\"],\"PartitionBy\":[\"bucket(4, id)\"]}]"));

        judge.judge(
                Deliveries.record(
                        "{\"id\":1,\"s\":\"x\",\"d\":1.5,\"b\":true,\"n\":null,\"o\":{\"l\":[1,2.5]}}"));

        Table table = catalog.loadTable(TableIdentifier.of("fresh", "t"));
        assertThat(table.schema().asStruct().fields())
                .extracting(Types.NestedField::name)
                .containsExactly("id", "s", "d", "b", "o");
        assertThat(table.schema().identifierFieldNames()).containsExactly("id");
        assertThat(table.schema().findType("o.l.element")).isEqualTo(Types.DoubleType.get());
        assertThat(table.spec().fields()).hasSize(1);
    }

    @Test
    void takesADatabaseThatAnotherTaskMadeMeanwhileHoweverTheCatalogSaysSo() throws Exception {
        IcebergConfig config =
                Deliveries.config(
                        "iceberg.table.create",
                        "true",
                        "iceberg.tables",
                        "[{\"DestinationDatabaseName\":\"fresh\",\"DestinationTableName\":\"t\"}]");
        InMemoryCatalog racing =
                new InMemoryCatalog() {
                    @Override
                    public void createNamespace(Namespace name, Map<String, String> metadata) {
                        super.createNamespace(name, metadata);
                        throw new IllegalStateException("UNIQUE constraint failed");
                    }
                };
        racing.initialize("racing", Map.of());
        RowJudge judge = new RowJudge(config, new KnownTables(racing, config, () -> 0), () -> 0);

        judge.judge(Deliveries.record("{\"id\":1}"));

        assertThat(racing.tableExists(TableIdentifier.of("fresh", "t"))).isTrue();
    }

    @Test
    void addsColumnsForFieldsThatHaveNone() throws Exception {
        Deliveries adding =
                new Deliveries(catalog, Deliveries.config("iceberg.schema.unknown-fields", "ADD"));
        String before = "{\"id\":1,\"count\":1}";
        String wider =
                "{\"id\":2,\"count\":3000000000,\"tags\":[{\"k\":\"a\"},{\"k\":\"b\",\"v\":1}],\"note\":\"n\"}";

        TableCommit first = adding.commit("a@1", before);
        TableCommit second = adding.commit("a@2", wider);
        adding.committer().commit(List.of(first, second));

        assertThat(Deliveries.rows(catalog))
                .containsExactly(
                        "1 null 1 null null",
                        "2 null 3000000000 [Record(a, null), Record(b, 1)] n");
    }

    @Test
    void anotherTaskThatAddsTheSameColumnIsNoObstacle() throws Exception {
        IcebergConfig config = Deliveries.config("iceberg.schema.unknown-fields", "ADD");
        RowJudge one = judge(config);
        RowJudge other = judge(config);
        String plain = "{\"id\":1}";
        String wider = "{\"id\":2,\"note\":\"n\"}";
        one.judge(Deliveries.record(plain));
        other.judge(Deliveries.record(plain));

        TableRow first = one.judge(Deliveries.record(wider));
        TableRow second = other.judge(Deliveries.record(wider));

        assertThat(second.schemaId()).isEqualTo(first.schemaId());
        assertThat(catalog.loadTable(Deliveries.TABLE).schema().columns()).hasSize(4);
    }

    @Test
    void aTableDoesNotGrowForEver() {
        RowJudge judge =
                judge(
                        Deliveries.config(
                                "iceberg.schema.unknown-fields",
                                "ADD",
                                "iceberg.schema.max-columns",
                                "4"));

        assertThatThrownBy(() -> judge.judge(Deliveries.record("{\"id\":1,\"a\":1,\"b\":2}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("has 3 columns and would get 2 more");
        assertThat(catalog.loadTable(Deliveries.TABLE).schema().columns()).hasSize(3);
    }

    @Test
    void collectsFieldsInAColumnThatItAdds() throws Exception {
        Deliveries collecting =
                new Deliveries(
                        catalog, Deliveries.config("iceberg.schema.unknown-fields", "COLLECT"));

        collecting
                .committer()
                .commit(List.of(collecting.commit("a@1", "{\"id\":1,\"x\":{\"y\":2}}")));

        assertThat(Deliveries.rows(catalog)).containsExactly("1 null null {\"x\":{\"y\":2}}");
    }

    @Test
    void seesColumnsThatOthersAdded() throws Exception {
        RowJudge judge = judge(Deliveries.config());
        String json = "{\"id\":1,\"note\":\"n\"}";
        assertThatThrownBy(() -> judge.judge(Deliveries.record(json)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Field note has no column");
        catalog.loadTable(Deliveries.TABLE)
                .updateSchema()
                .addColumn("note", Types.StringType.get())
                .commit();
        nanos += Duration.ofSeconds(30).toNanos();

        assertThat(judge.judge(Deliveries.record(json)).row().getArity()).isEqualTo(4);
    }

    @Test
    void rowsOfOneKeyGoToOneTaskAndSayWhatTheyDo() throws Exception {
        RowJudge judge = judge(byKey());

        TableRow insert = judge.judge(Deliveries.record("{\"id\":7,\"op\":\"insert\"}"));
        TableRow update =
                judge.judge(Deliveries.record("{\"id\":7,\"item\":\"x\",\"op\":\"update\"}"));
        TableRow delete = judge.judge(Deliveries.record("{\"id\":7,\"op\":\"delete\"}"));

        assertThat(insert.kind()).isEqualTo(RowKind.UPDATE_AFTER);
        assertThat(update.kind()).isEqualTo(RowKind.UPDATE_AFTER);
        assertThat(delete.kind()).isEqualTo(RowKind.DELETE);
        assertThat(insert.distribution())
                .isEqualTo(update.distribution())
                .isEqualTo(delete.distribution());
    }

    @Test
    void refusesOperationsThatItsTableCannotDo() {
        IcebergConfig withoutKeys =
                Deliveries.config(
                        "iceberg.route.query", "{operation:.op}",
                        "iceberg.schema.unknown-fields", "IGNORE");

        assertThatThrownBy(
                        () ->
                                judge(withoutKeys)
                                        .judge(Deliveries.record("{\"id\":7,\"op\":\"update\"}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("which has no unique keys");
        assertThatThrownBy(
                        () ->
                                judge(byKey())
                                        .judge(
                                                Deliveries.record(
                                                        "{\"item\":\"x\",\"op\":\"delete\"}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Field id is missing, and is a key of what to delete");
    }

    @Test
    void refusesATableWhoseRowsCannotBeReplaced() {
        catalog.loadTable(Deliveries.TABLE).updateSpec().addField("item").commit();

        assertThatThrownBy(
                        () ->
                                judge(byKey())
                                        .judge(Deliveries.record("{\"id\":7,\"op\":\"update\"}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "it is partitioned by item, which must be one of its unique keys");
    }

    @Test
    void aStepEndsWhereItWouldRememberTooManyKeysAndStepsCountInTheirOrder() throws Exception {
        IcebergConfig config =
                Deliveries.config(
                        "iceberg.tables",
                        Deliveries.BY_KEY,
                        "iceberg.route.query",
                        "{operation:.op}",
                        "iceberg.schema.unknown-fields",
                        "IGNORE",
                        "iceberg.write.max-keys-in-memory",
                        "2");
        Deliveries delivery = new Deliveries(catalog, config);

        TableCommit commit =
                delivery.commit(
                        "a@1",
                        "{\"id\":1,\"item\":\"a\",\"op\":\"insert\"}",
                        "{\"id\":2,\"item\":\"b\",\"op\":\"insert\"}",
                        "{\"id\":1,\"item\":\"c\",\"op\":\"update\"}",
                        "{\"id\":2,\"op\":\"delete\"}",
                        "{\"id\":3,\"item\":\"d\",\"op\":\"update\"}");
        delivery.committer().commit(List.of(commit));

        assertThat(commit.steps()).hasSize(3);
        assertThat(Deliveries.rows(catalog)).containsExactly("1 c null", "3 d null");
        assertThat(delivery.committer().commit(List.of(commit))).isZero();
    }

    private RowJudge judge(IcebergConfig config) {
        return new RowJudge(config, new KnownTables(catalog, config, () -> nanos), () -> nanos);
    }

    private static IcebergConfig byKey() {
        return Deliveries.config(
                "iceberg.tables",
                Deliveries.BY_KEY,
                "iceberg.route.query",
                "{operation:.op}",
                "iceberg.schema.unknown-fields",
                "IGNORE");
    }
}
