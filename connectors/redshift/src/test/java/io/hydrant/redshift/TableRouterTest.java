package io.hydrant.redshift;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.partition.ObjectNames;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableRouterTest {

    private static final String TABLES =
            """
            [{"DataTableName": "shop.Refunds"},
             {"DataTableName": "users", "DataTableColumns": "id,name,at", "Keys": "id",
              "OrderColumn": "at", "CopyOptions": "JSON 's3://stage/users.json'"}]""";

    private final RedshiftConfig config = config(Map.of());
    private final TableRouter router =
            new TableRouter(config, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | orders",
                "{\"t\":null} | orders",
                "{\"t\":\"ORDERS\"} | orders",
                "{\"t\":\"Users\"} | users",
                "{\"t\":\"shop.refunds\"} | shop.Refunds",
                "{\"t\":\"refunds\",\"s\":\"SHOP\"} | shop.Refunds",
                "{\"t\":\"users\",\"op\":\"update\"} | users",
            })
    void stagesARecordForTheTableThatItNames(String payload, String table) throws IOException {
        DeliveryRecord routed = router.route(record(payload));

        assertThat(routed.disposition()).isEqualTo(Disposition.DELIVER);
        assertThat(tableOf(routed)).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"refunds\"}",
                "{\"t\":\"none\"}",
                "{\"t\":\"\"}",
                "{\"s\":\"shop\"}",
                "{\"t\":\"orders\",\"op\":\"update\"}",
                "{\"t\":\"users\",\"op\":\"delete\"}",
                "{\"t\":[1]}",
                "no json",
            })
    void aRecordWithoutATableOfOursGoesToTheErrorPrefixAsItIs(String payload) {
        DeliveryRecord refused = router.route(record(payload).of(Part.of(1, true)));

        assertThat(refused.disposition()).isEqualTo(Disposition.DEAD_LETTER);
        assertThat(refused.failure().code()).isEqualTo("Redshift.InvalidRoute");
        assertThat(refused.failure().type().folder()).isEqualTo("redshift-failed");
        assertThat(refused.envelope()).isEqualTo(record(payload).envelope());
        assertThat(refused.part()).isEqualTo(Part.of(1, true));
    }

    @Test
    void aTableThatWasChosenBeforeCountsAndIsKeptWhereItIsNone() throws IOException {
        String users = RouteText.of(Map.of("destinationTableName", "users"));
        String gone = RouteText.of(Map.of("destinationTableName", "gone"));

        assertThat(tableOf(router.route(record("{\"t\":\"shop.refunds\"}").in(users))))
                .isEqualTo("users");
        assertThat(router.route(record("{}").in(gone)))
                .returns(Disposition.DEAD_LETTER, DeliveryRecord::disposition)
                .returns(gone, DeliveryRecord::partition);
    }

    @Test
    void aRefusedRowGoesBackToItsTableAndToTheFirstWhereItSaysNone() throws IOException {
        DeliveryRecord row = record("5,no json");

        assertThat(tableOf(router.routeRow(row, TableRouter.routeTo("users")))).isEqualTo("users");
        assertThat(tableOf(router.routeRow(row, ""))).isEqualTo("orders");
    }

    @Test
    void whatFailedOrWasDroppedIsNotRouted() {
        DeliveryRecord dropped = DeliveryRecord.drop(record("no json").envelope());

        assertThat(router.route(dropped)).isSameAs(dropped);
    }

    @Test
    void withOneTableEveryRecordGoesThereWhateverWasChosen() {
        TableRouter one =
                new TableRouter(
                        config(TableRouterTest::without),
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        DeliveryRecord record = record("no json");

        assertThat(one.route(record)).isSameAs(record);
        assertThat(one.route(record.in(TableRouter.routeTo("users"))).partition()).isEmpty();
        assertThat(one.route(record.in("a/prefix/")).partition()).isEqualTo("a/prefix/");
    }

    @Test
    void eachTableHasAQueueManifestsAndALedgerOfItsOwn() {
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::table)
                .containsExactly("orders", "shop.Refunds", "users");
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::ledgerTable)
                .containsExactly(
                        "orders_ledger", "shop.Refunds_hydrant_ledger", "users_hydrant_ledger");
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::queuePrefix)
                .containsExactly(
                        "_hydrant/loads/",
                        "_hydrant/loads/sales/tables/shop.refunds/",
                        "_hydrant/loads/sales/tables/users/");
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::errorManifestPrefix)
                .containsExactly(
                        "errors/manifests/",
                        "errors/manifests/sales/tables/shop.refunds/",
                        "errors/manifests/sales/tables/users/");
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::columns)
                .containsExactly(List.of("id", "name"), List.of(), List.of("id", "name", "at"));
        assertThat(config.ofEachTable())
                .extracting(RedshiftConfig::copy)
                .containsExactly("JSON 'auto'", "JSON 'auto'", "JSON 's3://stage/users.json'");
        assertThat(config.ofEachTable()).allMatch(each -> each.onError() == ErrorAction.WAIT);
        assertThat(config(Map.of("redshift.on-error", "FAIL")).ofEachTable())
                .allMatch(each -> each.onError() == ErrorAction.FAIL);
    }

    @Test
    void anObjectForATableThatIsNamedNoMoreIsNotLoadedIntoAnother() {
        TableLoads one = new TableLoads(config(TableRouterTest::without));

        assertThatThrownBy(() -> one.tableOf(key(router.route(record("{\"t\":\"users\"}")))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "is staged for the table users, which redshift.tables does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "redshift.tables | {} | it must be an array of at least one object",
                "redshift.tables | [] | it must be an array of at least one object",
                "redshift.tables | [{ | redshift.tables is not JSON",
                "redshift.tables | [{}] | redshift.tables[0].DataTableName is missing",
                "redshift.tables | [{\"DataTableName\": \"a b\"}] | redshift.tables[0] (a b): redshift.table is 'a b'",
                "redshift.tables | [{\"DataTableName\": \"a\", \"x\": \"1\"}] | redshift.tables[0].x is \"1\"; there is no such field, only CopyOptions, DataTable",
                "redshift.tables | [{\"DataTableName\": \"a\", \"Keys\": 1}] | redshift.tables[0].Keys is 1; it must be a text",
                "redshift.tables | [{\"DataTableName\": \"a\", \"Keys\": \"id\"}] | redshift.tables[0] (a): redshift.order-column is missing",
                "redshift.tables | [{\"DataTableName\": \"a\", \"CopyOptions\": \"CSV GZIP\"}] | redshift.tables[0] (a): redshift.copy-options says that objects are GZIP",
                "redshift.tables | [{\"DataTableName\": \"a\"}, {\"DataTableName\": \"A\"}] | redshift.tables names A twice",
                "redshift.tables | [{\"DataTableName\": \"Orders\"}] | redshift.tables names Orders twice",
                "redshift.tables | [{\"DataTableName\": \"a\", \"LedgerTable\": \"orders_ledger\"}] | orders_ledger is a table or a ledger of another one",
                "redshift.tables | [{\"DataTableName\": \"orders_ledger\"}] | orders_ledger is a table or a ledger of another one",
                "redshift.route.query | {destinationTableName | redshift.route.query: '{destinationTableName' is no query",
                "redshift.load-mode | REPLACE | redshift.load-mode is REPLACE, which replaces one table",
                "delivery.dynamic-partitioning | true | delivery.dynamic-partitioning is on",
                "delivery.prefix | x/hydrant-table=a/ | 'hydrant-table=' is what the folders",
            })
    void refusesTablesThatCannotBe(String option, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aQueryNeedsTablesAndTablesWithoutOneWhatChoosesBefore() {
        RedshiftConfig routedBefore = config(options -> options.remove("redshift.route.query"));

        assertThat(config.mustBeRoutedBefore()).isFalse();
        assertThat(routedBefore.mustBeRoutedBefore()).isTrue();
        assertThat(new TableRouter(routedBefore, Clock.systemUTC()).route(record("no json")))
                .returns("", DeliveryRecord::partition)
                .returns(Disposition.DELIVER, DeliveryRecord::disposition);
        assertThatThrownBy(() -> config(options -> options.remove("redshift.tables")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redshift.tables is missing");
    }

    private static void without(Map<String, String> options) {
        options.remove("redshift.tables");
        options.remove("redshift.route.query");
    }

    private String tableOf(DeliveryRecord routed) throws IOException {
        return config.ofEachTable().get(new TableLoads(config).tableOf(key(routed))).table();
    }

    private String key(DeliveryRecord routed) {
        ObjectNames names = new ObjectNames(config.staging().naming());
        return routed.partition().isEmpty()
                ? names.dataKey(0, new UUID(0, 1))
                : names.dataKey(routed.partition(), 0, new UUID(0, 1));
    }

    private static DeliveryRecord record(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope("in", "shard-0", "1", 0, "k", 0, bytes, 0, bytes.length));
    }

    private static RedshiftConfig config(Map<String, String> changed) {
        return config(options -> options.putAll(changed));
    }

    private static RedshiftConfig config(Consumer<Map<String, String>> change) {
        Map<String, String> options =
                new HashMap<>(
                        Map.of(
                                "s3.bucket", "stage",
                                "delivery.stream.name", "sales",
                                "delivery.prefix", "in/",
                                "redshift.jdbc-url", "jdbc:redshift://host:5439/dev",
                                "redshift.user", "loader",
                                "redshift.password", "secret",
                                "redshift.table", "orders",
                                "redshift.columns", "id,name",
                                "redshift.copy-options", "JSON 'auto'"));
        options.put("redshift.ledger-table", "orders_ledger");
        options.put("redshift.tables", TABLES);
        options.put(
                "redshift.route.query",
                "{destinationTableName: .t, destinationDatabaseName: .s, operation: .op}");
        change.accept(options);
        return RedshiftConfig.from(Configuration.fromMap(options));
    }
}
