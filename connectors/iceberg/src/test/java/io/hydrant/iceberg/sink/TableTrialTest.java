package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What a record would become, by tables that stay as they are. */
@Timeout(60)
class TableTrialTest {

    private final FaultyCatalog catalog = new FaultyCatalog();

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void saysTheTableTheOperationAndTheRowAsTheTableWouldHaveIt() throws Exception {
        try (TableTrial trial = new TableTrial(Deliveries.config(), catalog)) {
            TriedRow tried = trial.judge(record("{\"count\": 7, \"id\": 1}"));

            assertThat(tried.table()).isEqualTo("shop.orders");
            assertThat(tried.operation()).isEqualTo("insert");
            assertThat(tried.row()).isEqualTo("{\"id\":1,\"item\":null,\"count\":7}");
            assertThat(trial.changes()).isEmpty();
        }
        assertThat(Deliveries.rows(catalog)).isEmpty();
    }

    @Test
    void saysWhatADeadLetterWouldSay() throws Exception {
        try (TableTrial trial = new TableTrial(Deliveries.config(), catalog)) {
            TriedRow tried = trial.judge(record("{\"id\": 1, \"colour\": \"red\"}"));

            assertThat(tried.table()).isNull();
            assertThat(tried.record().disposition()).isEqualTo(Disposition.DEAD_LETTER);
            assertThat(tried.record().failure().code()).isEqualTo("Iceberg.UnknownField");
        }
    }

    @Test
    void routesAndTellsUpdatesFromDeletions() throws Exception {
        IcebergConfig byKey =
                Deliveries.config(
                        "iceberg.tables", Deliveries.BY_KEY,
                        "iceberg.route.query", "{operation:.op}",
                        "iceberg.schema.unknown-fields", "IGNORE");
        try (TableTrial trial = new TableTrial(byKey, catalog)) {
            TriedRow update =
                    trial.judge(record("{\"id\": 1, \"item\": \"i\", \"op\": \"update\"}"));
            TriedRow delete = trial.judge(record("{\"id\": 1, \"op\": \"delete\"}"));

            assertThat(update.operation()).isEqualTo("update");
            assertThat(delete.operation()).isEqualTo("delete");
            assertThat(delete.row()).isEqualTo("{\"id\":1}");
        }
    }

    @Test
    void columnsThatADeliveryWouldAddAreNamedAndNotAdded() throws Exception {
        IcebergConfig adding = Deliveries.config("iceberg.schema.unknown-fields", "ADD");
        try (TableTrial trial = new TableTrial(adding, catalog)) {
            TriedRow tried =
                    trial.judge(
                            record(
                                    "{\"id\": 1, \"count\": 5000000000, \"at\": {\"x\": [1.5, null]}}"));

            assertThat(tried.row())
                    .isEqualTo(
                            "{\"id\":1,\"item\":null,\"count\":5000000000,\"at\":{\"x\":[1.5,null]}}");
            assertThat(trial.changes())
                    .anyMatch(
                            change ->
                                    change.startsWith("table shop.orders would get the columns at"))
                    .contains(
                            "columns of table shop.orders would change their type: count int to long");
        }
        assertThat(catalog.loadTable(Deliveries.TABLE).schema().sameSchema(Deliveries.SCHEMA))
                .isTrue();
    }

    @Test
    void aTableThatADeliveryWouldMakeIsNamedAndNotMade() throws Exception {
        IcebergConfig making =
                Deliveries.config(
                        "iceberg.table.create", "true",
                        "iceberg.tables",
                                "[{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"visits\"}]");
        try (TableTrial trial = new TableTrial(making, catalog)) {
            TriedRow tried = trial.judge(record("{\"page\": \"/\"}"));

            assertThat(tried.row()).isEqualTo("{\"page\":\"/\"}");
            assertThat(trial.changes())
                    .containsExactly(
                            "table shop.visits would be made with the columns page string");
        }
        assertThat(catalog.tableExists(TableIdentifier.of("shop", "visits"))).isFalse();
    }

    @Test
    void showsValuesOfEveryTypeAsTheTableHasThem() throws Exception {
        catalog.createNamespace(Namespace.of("lab"));
        catalog.buildTable(
                        TableIdentifier.of("lab", "all"),
                        new Schema(
                                Types.NestedField.optional(1, "day", Types.DateType.get()),
                                Types.NestedField.optional(2, "at", Types.TimestampType.withZone()),
                                Types.NestedField.optional(
                                        3, "local", Types.TimestampType.withoutZone()),
                                Types.NestedField.optional(4, "price", Types.DecimalType.of(9, 2)),
                                Types.NestedField.optional(5, "ok", Types.BooleanType.get()),
                                Types.NestedField.optional(
                                        6,
                                        "tags",
                                        Types.MapType.ofOptional(
                                                7,
                                                8,
                                                Types.StringType.get(),
                                                Types.LongType.get())),
                                Types.NestedField.optional(9, "time", Types.TimeType.get())))
                .create();
        IcebergConfig config =
                Deliveries.config(
                        "iceberg.tables",
                        "[{\"DestinationDatabaseName\":\"lab\",\"DestinationTableName\":\"all\"}]");
        try (TableTrial trial = new TableTrial(config, catalog)) {
            TriedRow tried =
                    trial.judge(
                            record(
                                    "{\"day\":\"2026-01-27\",\"at\":\"2026-01-27T10:00:00+02:00\","
                                            + "\"local\":\"2026-01-27T10:00:00\",\"price\":1.5,\"ok\":true,"
                                            + "\"tags\":{\"a\":1},\"time\":\"10:00:01\"}"));

            assertThat(tried.row())
                    .as(() -> String.valueOf(tried.record().failure()))
                    .isEqualTo(
                            "{\"day\":\"2026-01-27\",\"at\":\"2026-01-27T08:00:00Z\",\"local\":\"2026-01-27T10:00\","
                                    + "\"price\":1.50,\"ok\":true,\"tags\":{\"a\":1},\"time\":\"10:00:01\"}");
        }
    }

    private static DeliveryRecord record(String json) {
        return Deliveries.record(json);
    }
}
