package io.hydrant.iceberg.route;

import io.hydrant.delivery.RouteText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RouteJudgeTest {

    private static final TargetTable ORDERS =
            new TargetTable("shop", "orders", List.of("id"), List.of());
    private static final TargetTable RETURNS =
            new TargetTable("shop", "returns", List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        ",     ,        ,       shop.orders,  INSERT",
        ",     returns, ,       shop.returns, INSERT",
        "old,  ,        update, old.orders,   UPDATE",
        "a.b,  c,       DELETE, a.b.c,        DELETE",
        "x,    y_1,     Insert, x.y_1,        INSERT",
    })
    void whatARecordDoesNotSayIsThatOfTheOneTable(
            String database, String table, String operation, String full, Operation expected) {
        Route route = judge(List.of(ORDERS), database, table, operation);

        assertThat(route).isEqualTo(Route.to(full, expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "        |     |        | Nothing says the destinationDatabaseName",
                "shop    |     |        | Nothing says the destinationTableName",
                "shop    | a-b |        | are not both of letters",
                "a b     | c   |        | are not both of letters",
                "shop    | a.b |        | no table names with dots",
                "shop..x | a   |        | databases with empty levels",
                "shop    | a   | upsert | is not insert, update or delete",
            })
    void aRecordThatSaysTooLittleOrWrongGoesNowhere(
            String database, String table, String operation, String message) {
        Route route = judge(List.of(ORDERS, RETURNS), database, table, operation);

        assertThat(route.problem().code()).isEqualTo("Iceberg.InvalidRoute");
        assertThat(route.problem().text()).contains(message);
    }

    @Test
    void withoutTablesTheRecordMustSayBoth() {
        assertThat(judge(List.of(), "shop", "x", null).table()).isEqualTo("shop.x");
        assertThat(judge(List.of(), null, "x", null).problem()).isNotNull();
    }

    private static Route judge(
            List<TargetTable> tables, String database, String table, String operation) {
        Map<String, String> found = new HashMap<>();
        put(found, RouteText.DATABASE, database);
        put(found, RouteText.TABLE, table);
        put(found, RouteText.OPERATION, operation);
        return new RouteJudge(tables).judge(found);
    }

    private static void put(Map<String, String> map, String key, String value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
