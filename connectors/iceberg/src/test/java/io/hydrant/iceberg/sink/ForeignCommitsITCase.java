package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.iceberg.upkeep.TableUpkeep;
import io.hydrant.localstack.harness.iceberg.TableReader;
import io.hydrant.localstack.harness.iceberg.TableReader.Engine;
import io.hydrant.localstack.harness.iceberg.TableSession;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * One table, in a catalog of kind JDBC, that PyIceberg commits to between our commits and that it
 * and DuckDB read: neither shares code with Iceberg's Java.
 */
@Timeout(300)
class ForeignCommitsITCase {

    private static final String APPLE = "{\"id\":1,\"item\":\"apple\",\"count\":3}";
    private static final String PEAR = "{\"id\":2,\"item\":\"pear\",\"count\":5}";
    private static final String ROWS = "SELECT * FROM delivered ORDER BY id";

    @TempDir private static Path folder;

    private static Catalog catalog;
    private static TableSession others;

    private final Deliveries delivery =
            new Deliveries(catalog, config("iceberg.schema.refresh-interval", "0 s"));
    private final IcebergConfig byKey =
            config(
                    "iceberg.tables", Deliveries.BY_KEY,
                    "iceberg.route.query", "{operation:.op}",
                    "iceberg.schema.unknown-fields", "IGNORE");

    @BeforeAll
    static void open() throws IOException {
        catalog = new CatalogConnection(config().catalog()).loadCatalog();
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("shop"));
        others =
                TableReader.find(line -> {})
                        .open(
                                "iceberg",
                                Map.of(
                                        "type",
                                        "sql",
                                        "uri",
                                        "sqlite:///" + folder.resolve("catalog.db")));
    }

    @AfterAll
    static void close() throws IOException {
        if (others != null) {
            others.close();
        }
        ((Closeable) catalog).close();
    }

    @BeforeEach
    void makeTable() {
        make(Deliveries.SCHEMA, PartitionSpec.unpartitioned());
    }

    @Test
    void commitsOfOthersAndOursAreAllThereOnce() throws Exception {
        TableCommit first = delivery.commit("a@1", APPLE);
        TableCommit second = delivery.commit("a@2", PEAR);
        delivery.committer().commit(List.of(first));
        change("append", Map.of("rows", List.of(Map.of("id", 7, "item", "theirs", "count", 9))));

        assertThat(delivery.committer().commit(List.of(first, second))).isEqualTo(1);
        assertThat(delivery.committer().commit(List.of(second))).isZero();

        assertThatBothRead(ROWS, "1|apple|3", "2|pear|5", "7|theirs|9");
    }

    @Test
    void rowsThatOthersRemoveStayRemoved() throws Exception {
        commit(1, APPLE, PEAR);
        change("delete", Map.of("filter", "id = 1"));
        commit(2, "{\"id\":3,\"item\":\"plum\"}");

        assertThatBothRead(ROWS, "2|pear|5", "3|plum|None");
    }

    @Test
    void aColumnThatOthersAddIsFilled() throws Exception {
        commit(1, APPLE);
        assertThatThrownBy(() -> delivery.row("{\"id\":2,\"weight\":0.5}"))
                .hasMessage("Field weight has no column in the table");
        change("add_column", Map.of("name", "weight", "type", "double"));

        commit(2, "{\"id\":2,\"weight\":0.5}");

        assertThatBothRead(ROWS, "1|apple|3|None", "2|None|None|0.5");
    }

    @Test
    void aColumnThatOthersRenameTakesFieldsOfItsNewNameAndNoneOfItsOldOne() throws Exception {
        commit(1, APPLE);
        change("rename_column", Map.of("name", "item", "to", "fruit"));

        commit(2, "{\"id\":2,\"fruit\":\"pear\"}");

        assertThatThrownBy(() -> delivery.row(APPLE))
                .hasMessage("Field item has no column in the table");
        assertThatBothRead("SELECT id, fruit FROM delivered ORDER BY id", "1|apple", "2|pear");
    }

    @Test
    void aRowThatWasJudgedBeforeAColumnWentIsJudgedAgainAndNotWrittenWithoutIt() throws Exception {
        commit(1, APPLE);
        TableWriter writer = new TableWriter(Deliveries.NAME, table(), config(), 0, 0);
        TableRow judged = delivery.row(PEAR);
        change("drop_column", Map.of("name", "count"));
        TableWriter next = new TableWriter(Deliveries.NAME, table(), config(), 0, 0);

        assertThatThrownBy(() -> next.write(judged))
                .hasMessageContaining("changed while a record was on its way")
                .hasMessageContaining("Field count has no column");
        // One that is open goes on with what the table was; readers leave the column out.
        writer.write(judged);
        assertThat(writer.complete()).hasSize(1);
        commit(2, "{\"id\":2,\"item\":\"pear\"}");
        assertThatBothRead(ROWS, "1|apple", "2|pear");
    }

    @Test
    void rowsAreReplacedThoughOthersPartitionTheTableMeanwhile() throws Exception {
        Deliveries delivery = new Deliveries(catalog, byKey);
        delivery.committer().commit(List.of(delivery.commit("a@1", APPLE, PEAR)));
        change("partition_by", Map.of("column", "id", "transform", "bucket[4]"));
        TableCommit second =
                new Deliveries(catalog, byKey)
                        .commit(
                                "a@2",
                                "{\"id\":1,\"item\":\"apples\",\"op\":\"update\"}",
                                "{\"id\":2,\"op\":\"delete\"}",
                                "{\"id\":3,\"item\":\"plum\",\"op\":\"insert\"}");
        delivery.committer().commit(List.of(second));

        assertThat(read(Engine.DUCKDB, ROWS)).containsExactly("1|apples|None", "3|plum|None");
        // It says so rather than show rows that are gone.
        assertThatThrownBy(() -> read(Engine.PYICEBERG, ROWS))
                .hasMessageContaining("PyIceberg does not yet support equality deletes");
        upkeep(
                config(
                        "iceberg.compaction.enabled", "true",
                        "iceberg.compaction.max-delete-files", "0"));
        assertThatBothRead(ROWS, "1|apples|None", "3|plum|None");
    }

    @Test
    void tagsAndBranchesOfOthersStayWhatTheyAre() throws Exception {
        IcebergConfig expiring =
                config("iceberg.snapshots.max-age", "0 s", "iceberg.snapshots.kept", "1");
        commit(1, APPLE);
        change("tag", Map.of("name", "monday"));
        change("branch", Map.of("name", "trial"));
        Map<String, Object> row = Map.of("id", 7, "item", "theirs", "count", 9);
        change("append", Map.of("rows", List.of(row), "branch", "trial"));
        TableCommit second = delivery.commit("a@2", PEAR);
        delivery.committer().commit(List.of(second));
        upkeep(expiring);
        commit(3, "{\"id\":3,\"item\":\"plum\",\"count\":1}");
        upkeep(expiring);

        assertThat(delivery.committer().commit(List.of(second))).isZero();
        assertThat(texts(others.queryRef("monday", Deliveries.NAME, ROWS)))
                .containsExactly("1|apple|3");
        assertThat(texts(others.queryRef("trial", Deliveries.NAME, ROWS)))
                .containsExactly("1|apple|3", "7|theirs|9");
        assertThatBothRead(ROWS, "1|apple|3", "2|pear|5", "3|plum|1");
    }

    @Test
    void everyTypeNullsAndOddNamesAreReadAsTheyWereWritten() throws Exception {
        Schema schema =
                new Schema(
                        Types.NestedField.required(1, "id", Types.LongType.get()),
                        Types.NestedField.optional(2, "flag", Types.BooleanType.get()),
                        Types.NestedField.optional(3, "small", Types.IntegerType.get()),
                        Types.NestedField.optional(4, "single", Types.FloatType.get()),
                        Types.NestedField.optional(5, "double", Types.DoubleType.get()),
                        Types.NestedField.optional(6, "select", Types.DecimalType.of(38, 2)),
                        Types.NestedField.optional(7, "Text.With Dots", Types.StringType.get()),
                        Types.NestedField.optional(8, "día", Types.DateType.get()),
                        Types.NestedField.optional(9, "time", Types.TimeType.get()),
                        Types.NestedField.optional(10, "at", Types.TimestampType.withoutZone()),
                        Types.NestedField.optional(11, "At2", Types.TimestampType.withZone()),
                        Types.NestedField.optional(12, "bytes", Types.BinaryType.get()),
                        Types.NestedField.optional(13, "fixed", Types.FixedType.ofLength(2)),
                        Types.NestedField.optional(14, "uuid", Types.UUIDType.get()),
                        Types.NestedField.optional(
                                15, "list", Types.ListType.ofOptional(16, Types.LongType.get())),
                        Types.NestedField.optional(
                                17,
                                "map",
                                Types.MapType.ofOptional(
                                        18, 19, Types.StringType.get(), Types.LongType.get())),
                        Types.NestedField.optional(
                                20,
                                "struct",
                                Types.StructType.of(
                                        Types.NestedField.optional(
                                                21, "In Ner", Types.StringType.get()))));
        make(schema, PartitionSpec.unpartitioned());

        commit(
                1,
                """
                {"id": -9223372036854775808, "flag": true, "small": -2147483648, "single": 0.5, "double": 1e-300,
                 "select": "123456789012345678901234567890123456.78", "Text.With Dots": "ünï ☃ 'quoted'", "día": "1969-12-31",
                 "time": "23:59:59.999", "at": "1969-12-31T23:59:59.999999", "At2": "2026-01-27T13:05:59.123456+02:00",
                 "bytes": "AP8=", "fixed": "AQI=", "uuid": "f79c3e09-677c-4bbd-a479-3f349cb785e7",
                 "list": [1, null], "map": {"a.b": 1, "": null}, "struct": {"In Ner": "x"}}
                """,
                "{\"id\":2}");

        String[] rows = {
            "-9223372036854775808|True|-2147483648|0.5|1e-300|123456789012345678901234567890123456.78|ünï ☃ 'quoted'|1969-12-31"
                    + "|23:59:59.999000|1969-12-31 23:59:59.999999|2026-01-27 11:05:59.123456|b'\\x00\\xff'|b'\\x01\\x02'"
                    + "|f79c3e09-677c-4bbd-a479-3f349cb785e7|[1, None]|{'a.b': 1, '': None}|{'In Ner': 'x'}",
            "2" + "|None".repeat(16)
        };
        assertThatBothRead(
                "SELECT * REPLACE (timezone('UTC', \"At2\") AS \"At2\") FROM delivered ORDER BY id",
                rows);
    }

    @Test
    void partitionsAreFoundByTheirValues() throws Exception {
        Schema schema =
                new Schema(
                        Types.NestedField.required(1, "id", Types.LongType.get()),
                        Types.NestedField.optional(2, "item", Types.StringType.get()),
                        Types.NestedField.optional(3, "day", Types.DateType.get()),
                        Types.NestedField.optional(4, "at", Types.TimestampType.withZone()),
                        Types.NestedField.optional(5, "place", Types.StringType.get()));
        make(
                schema,
                PartitionSpec.builderFor(schema)
                        .bucket("id", 16)
                        .truncate("item", 2)
                        .day("day")
                        .hour("at")
                        .identity("place")
                        .build());
        String odd = "a/b=c&d%20 ü?#";

        commit(
                1,
                "{\"id\":1,\"item\":\"ünder\",\"day\":\"1969-12-31\",\"at\":\"1969-12-31T23:30:00Z\",\"place\":\""
                        + odd
                        + "\"}",
                "{\"id\":2,\"item\":\"\",\"place\":\"\"}",
                "{\"id\":3}");

        assertThatBothRead(
                "SELECT id, item FROM delivered WHERE id = 1 AND item = 'ünder' AND \"day\" = '1969-12-31' AND place = '"
                        + odd
                        + "' AND \"at\" < '1970-01-01 00:00:00+00'",
                "1|ünder");
        assertThatBothRead(
                "SELECT id, place FROM delivered ORDER BY id", "1|" + odd, "2|", "3|None");
    }

    private void commit(int checkpoint, String... records) throws Exception {
        delivery.committer().commit(List.of(delivery.commit("a@" + checkpoint, records)));
    }

    private static void change(String change, Map<String, Object> arguments) throws IOException {
        others.change(Deliveries.NAME, change, arguments);
    }

    private static void upkeep(IcebergConfig config) throws Exception {
        new TableUpkeep(
                        catalog,
                        config.upkeep(),
                        CommitHistory.key(Deliveries.DELIVERY),
                        Clock.systemUTC())
                .run(Deliveries.NAME);
    }

    private static Table table() {
        return catalog.loadTable(Deliveries.TABLE);
    }

    private static void make(Schema schema, PartitionSpec spec) {
        catalog.dropTable(Deliveries.TABLE);
        catalog.createTable(Deliveries.TABLE, schema, spec, Map.of("format-version", "2"));
    }

    private static void assertThatBothRead(String query, String... rows) throws IOException {
        for (Engine reader : Engine.values()) {
            assertThat(read(reader, query)).as("rows that %s reads", reader).containsExactly(rows);
        }
    }

    private static List<String> read(Engine reader, String query) throws IOException {
        return texts(others.query(reader, Deliveries.NAME, List.of(query)).get(0));
    }

    private static List<String> texts(List<List<String>> rows) {
        return rows.stream().map(row -> String.join("|", row)).toList();
    }

    private static IcebergConfig config(String... keysAndValues) {
        String[] all = new String[keysAndValues.length + 6];
        System.arraycopy(keysAndValues, 0, all, 0, keysAndValues.length);
        System.arraycopy(
                new String[] {
                    "iceberg.catalog.type",
                    "JDBC",
                    "iceberg.catalog.uri",
                    "jdbc:sqlite:" + folder.resolve("catalog.db"),
                    "iceberg.catalog.warehouse",
                    folder.resolve("warehouse").toUri().toString()
                },
                0,
                all,
                keysAndValues.length,
                6);
        return Deliveries.config(all);
    }
}
