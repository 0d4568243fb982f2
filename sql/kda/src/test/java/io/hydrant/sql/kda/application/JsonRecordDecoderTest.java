package io.hydrant.sql.kda.application;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Records and results of the developer guide's page "Working with JSONPath", and what it leaves.
 */
class JsonRecordDecoderTest {

    private static final String CUSTOMER =
            """
            {
              "customerName":"John Doe",
              "address": {
                "streetAddress": [{"number":"123"}, {"street":"AnyStreet"}],
                "city":"Anytown"
              },
              "orders": [
                { "orderId":"23284", "itemName":"Widget", "itemPrice":"33.99" },
                { "orderId":"63122", "itemName":"Gadget", "itemPrice":"22.50" },
                { "orderId":"77284", "itemName":"Sprocket", "itemPrice":"12.00" }
              ]
            }
            """;

    @Test
    void readsElementsByTheirPath() {
        assertThat(rows(CUSTOMER, "$.customerName", "$.address.city", "$['address']['city']"))
                .containsExactly(List.of("John Doe", "Anytown", "Anytown"));
    }

    @Test
    void readsAnElementOfWhicheverObjectOfAnArrayHasIt() {
        assertThat(rows(CUSTOMER, "$.address.streetAddress.street"))
                .containsExactly(List.of("AnyStreet"));
    }

    @Test
    void isCaseSensitiveAndNullWhereNothingIs() {
        assertThat(rows(CUSTOMER, "$.customername", "$.customerId", "$.customerName.first"))
                .containsExactly(Arrays.asList(null, null, null));
    }

    @Test
    void keepsAWholeArrayInOneRowAsItsText() {
        String orders =
                "[{\"orderId\":\"23284\",\"itemName\":\"Widget\",\"itemPrice\":\"33.99\"},"
                        + "{\"orderId\":\"63122\",\"itemName\":\"Gadget\",\"itemPrice\":\"22.50\"},"
                        + "{\"orderId\":\"77284\",\"itemName\":\"Sprocket\",\"itemPrice\":\"12.00\"}]";

        assertThat(rows(CUSTOMER, "$.orders[0:]", "$.orders"))
                .containsExactly(List.of(orders, orders));
    }

    @Test
    void makesEachElementOfAnArrayARowAndRepeatsTheRest() {
        assertThat(rows(CUSTOMER, "$.customerName", "$.orders[0:].orderId"))
                .containsExactly(
                        List.of("John Doe", "23284"),
                        List.of("John Doe", "63122"),
                        List.of("John Doe", "77284"));
    }

    @Test
    void readsOneElementByItsPosition() {
        assertThat(rows(CUSTOMER, "$.orders[1].itemName", "$.orders[7].itemName"))
                .containsExactly(Arrays.asList("Gadget", null));
    }

    @Test
    void makesNullsOfElementsThatLackAValue() {
        assertThat(rows("{\"a\":[{\"b\":1},{\"c\":2},{\"b\":null}]}", "$.a[0:].b"))
                .containsExactly(
                        List.of("1"), Arrays.asList((Object) null), Arrays.asList((Object) null));
    }

    @Test
    void flattensAnArrayToAtLeastOneRow() {
        assertThat(rows("{\"n\":\"x\",\"a\":[]}", "$.n", "$.a[0:].b"))
                .containsExactly(Arrays.asList("x", null));
        assertThat(rows("{\"n\":\"x\"}", "$.n", "$.a[0:].b"))
                .containsExactly(Arrays.asList("x", null));
    }

    @Test
    void keepsASecondArrayInOneColumnOfEveryRow() {
        assertThat(rows("{\"a\":[{\"e\":1},{\"e\":2}],\"b\":[3,4]}", "$.a[0:].e", "$.b[0:]"))
                .containsExactly(List.of("1", "[3,4]"), List.of("2", "[3,4]"));
    }

    @Test
    void refusesToFlattenTwoArrays() {
        assertThatThrownBy(() -> decoder("$", "$.a[0:].e", "$.b[0:].e"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two arrays, $.a and $.b");
        assertThatThrownBy(() -> decoder("$", "$.a[0:].e[0:].f"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two whole arrays");
    }

    @Test
    void takesRowsFromTheRowPath() {
        String record = "{\"head\":1,\"rows\":[{\"v\":\"a\"},{\"v\":\"b\"}]}";

        assertThat(DecodedRows.of(decoder("$.rows", "$.v"), record).rows())
                .containsExactly(List.of("a"), List.of("b"));
        assertThat(DecodedRows.of(decoder("$.rows[0:]", "$.rows[0:].v"), record).rows())
                .containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void repeatsWhatLiesBesideTheRowPath() {
        String record = "{\"head\":{\"n\":1},\"v\":9,\"rows\":[{\"v\":\"a\"},{\"v\":\"b\"}]}";

        assertThat(
                        DecodedRows.of(
                                        decoder("$.rows[0:]", "$.v", "$.head.n", "$.rows[0:].v"),
                                        record)
                                .rows())
                .containsExactly(List.of("a", "1", "a"), List.of("b", "1", "b"));
    }

    @Test
    void takesSeveralTextsInOneRecord() {
        assertThat(rows("{\"v\":1}\n{\"v\":2}{\"v\":3}\n", "$.v"))
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
        assertThat(rows("[{\"v\":1},{\"v\":2}]", "$.v"))
                .containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void handsOnTheRowsThatFitAndReportsTheOthers() {
        RecordDecoder decoder =
                RecordDecoder.of(
                        new RecordSchema(
                                List.of(
                                        new RecordColumn(
                                                "N", "$.a[0:].n", ColumnType.parse("INTEGER"))),
                                new RecordFormat.Json("$")));

        DecodedRows decoded =
                DecodedRows.of(decoder, "{\"a\":[{\"n\":1},{\"n\":\"x\"},{\"n\":3}]}");

        assertThat(decoded.rows()).containsExactly(List.of(1), List.of(3));
        assertThat(decoded.errors())
                .containsExactly("COERCION_ERROR Column N: 'x' cannot be converted to INTEGER");
    }

    @Test
    void reportsWhatIsNotJson() {
        assertThat(DecodedRows.of(decoder("$", "$.v"), "{\"v\":").errors())
                .singleElement()
                .asString()
                .startsWith("PARSE_ERROR The record is not JSON: ");
        assertThat(DecodedRows.of(decoder("$", "$.v"), " ").errors())
                .containsExactly("PARSE_ERROR The record is empty");
        assertThat(DecodedRows.of(decoder("$", "$.v"), "17").errors())
                .containsExactly("PARSE_ERROR The record has no object at its row path $");
        assertThat(DecodedRows.of(decoder("$.rows", "$.v"), "{\"v\":1}").errors())
                .containsExactly("PARSE_ERROR The record has no object at its row path $.rows");
    }

    private static List<List<Object>> rows(String record, String... mappings) {
        DecodedRows decoded = DecodedRows.of(decoder("$", mappings), record);
        assertThat(decoded.errors()).isEmpty();
        return decoded.rows();
    }

    private static RecordDecoder decoder(String rowPath, String... mappings) {
        List<RecordColumn> columns = new ArrayList<>();
        for (String mapping : mappings) {
            columns.add(
                    new RecordColumn(
                            "C" + columns.size(), mapping, ColumnType.parse("VARCHAR(1000)")));
        }
        return RecordDecoder.of(new RecordSchema(columns, new RecordFormat.Json(rowPath)));
    }
}
