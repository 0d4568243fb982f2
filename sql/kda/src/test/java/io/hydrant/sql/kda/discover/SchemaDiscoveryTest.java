package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordFormat;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.discover.SchemaDiscovery.Discovery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchemaDiscoveryTest {

    @Test
    void findsColumnsAndTypesOfJson() {
        assertThat(
                        columns(
                                "{\"TICKER\":\"AMZN\",\"SECTOR\":\"HEALTHCARE\",\"CHANGE\":-1,\"PRICE\":84.51,\"OPEN\":true}",
                                "{\"TICKER\":\"NGC\",\"CHANGE\":3000000000,\"PRICE\":7,\"LATE\":null}"))
                .containsExactly(
                        "TICKER $.TICKER VARCHAR(4)",
                        "SECTOR $.SECTOR VARCHAR(16)",
                        "CHANGE $.CHANGE BIGINT",
                        "PRICE $.PRICE DOUBLE",
                        "COL_OPEN $.OPEN BOOLEAN",
                        "LATE $.LATE VARCHAR(64)");
    }

    @Test
    void takesWholeNumbersAsIntegerAndMixedValuesAsText() {
        assertThat(
                        columns(
                                "{\"a\":60,\"b\":1,\"c\":\"2018-05-09T12:50:41.337510\",\"d\":\"2018-05-09 12:50:41.3\"}",
                                "{\"a\":180,\"b\":\"x\",\"c\":null,\"d\":\"2018-05-09 12:50:42\"}"))
                .containsExactly(
                        "a $.a INTEGER",
                        "b $.b VARCHAR(4)",
                        "c $.c VARCHAR(32)",
                        "d $.d TIMESTAMP");
    }

    @Test
    void followsNestedObjectsAndFlattensTheFirstArrayOfObjects() {
        assertThat(
                        columns(
                                """
                                {"customerName":"John Doe",
                                 "address":{"city":"Anytown","geo.point":{"x":1}},
                                 "orders":[{"orderId":"23284","parts":[1,2]},{"orderId":"63122","n":5}],
                                 "others":[{"orderId":1}],
                                 "tags":["a","b"],
                                 "city":"Other"}
                                """))
                .containsExactly(
                        "customerName $.customerName VARCHAR(8)",
                        "city $.address.city VARCHAR(8)",
                        "x $.address['geo.point'].x INTEGER",
                        "orderId $.orders[0:].orderId VARCHAR(8)",
                        "parts $.orders[0:].parts[0:] VARCHAR(8)",
                        "n $.orders[0:].n INTEGER",
                        "others $.others[0:] VARCHAR(16)",
                        "tags $.tags[0:] VARCHAR(16)",
                        "city_1 $.city VARCHAR(8)");
    }

    @Test
    void findsTheDocumentedSchemaOfCsv() {
        String file =
                "year,month,state,producer_type,energy_source,units,consumption\r\n"
                        + "2001,1,AK,TotalElectricPowerIndustry,Coal,ShortTons,47615\r\n"
                        + "2001,1,AK,ElectricGeneratorsElectricUtilities,Coal,ShortTons,16535\r\n"
                        + "2001,1,AL,TotalElectricPowerIndustry,Coal,ShortTons,3020601\r\n";

        Discovery found = discover(file);

        assertThat(shown(found.schema()))
                .containsExactly(
                        "COL_year null INTEGER",
                        "COL_month null INTEGER",
                        "state null VARCHAR(4)",
                        "producer_type null VARCHAR(64)",
                        "energy_source null VARCHAR(4)",
                        "units null VARCHAR(16)",
                        "consumption null INTEGER");
        assertThat(found.schema().format()).isEqualTo(new RecordFormat.Csv("\r\n", ","));
        assertThat(found.rows()).isEqualTo(3);
        assertThat(found.problems()).hasSize(1).first().asString().contains("COL_year: 'year'");
    }

    @Test
    void numbersColumnsOfCsvWithoutNames() {
        Discovery found = discover("a\t1\t", "b\t2.5\tc");

        assertThat(shown(found.schema()))
                .containsExactly(
                        "COL_0 null VARCHAR(4)", "COL_1 null DOUBLE", "COL_2 null VARCHAR(4)");
        assertThat(found.schema().format()).isEqualTo(new RecordFormat.Csv("\n", "\t"));
        assertThat(found.problems()).isEmpty();
    }

    @Test
    void findsTheNamesAboveTimes() {
        Discovery found = discover("at,city\n2021-01-01 00:00:00,Oslo\n2021-01-01 00:00:01,Rome\n");

        assertThat(shown(found.schema()))
                .containsExactly("COL_at null TIMESTAMP", "city null VARCHAR(4)");
    }

    @Test
    void aShortLineAmongManyIsARowWithoutItsLastValues() {
        Discovery found = discover("1,a,x\n".repeat(9) + "2,b\n");

        assertThat(shown(found.schema()))
                .containsExactly(
                        "COL_0 null INTEGER", "COL_1 null VARCHAR(4)", "COL_2 null VARCHAR(4)");
        assertThat(found.rows()).isEqualTo(10);
    }

    @Test
    void takesLinesWithoutAPatternAsOneColumn() {
        Discovery found = discover("one, two", "three", "a | b");

        assertThat(shown(found.schema())).containsExactly("COL_0 null VARCHAR(8)");
        assertThat(found.rows()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "USER, COL_USER",
        "USER@DOMAIN, COL_USERDOMAIN",
        "@@, COL_0",
        "timestamp, COL_timestamp",
        "rowtime, COL_rowtime",
        "9lives, COL_9lives",
        "zwölf, COL_zwlf",
        "plain_1, plain_1",
        "value, COL_value",
        "uuid, uuid",
        "offset, offset",
        "pump, pump",
    })
    void namesColumnsAsTheGuideSays(String raw, String expected) {
        assertThat(new ColumnNames().name(0, raw, null)).isEqualTo(expected);
    }

    @Test
    void cutsNamesAndTellsEqualOnesApart() {
        ColumnNames names = new ColumnNames();

        assertThat(names.name(0, "x".repeat(101), null)).isEqualTo("COL_" + "x".repeat(100));
        assertThat(names.name(1, "city", "address")).isEqualTo("city");
        assertThat(names.name(2, "city", "office")).isEqualTo("office_city");
        assertThat(names.name(3, "city", "office")).isEqualTo("office_city_1");
    }

    @Test
    void readsItsOwnDocumentBack() {
        for (String sample : List.of("{\"a\":1,\"b\":\"x\"}", "a,1", "raw text")) {
            RecordSchema found = discover(sample).schema();

            String document = SchemaText.document("SOURCE_SQL_STREAM", found);

            assertThat(ApplicationDocument.readSchema("schema.json", document).inputs())
                    .singleElement()
                    .satisfies(input -> assertThat(input.schema()).isEqualTo(found));
        }
    }

    @Test
    void writesWhatAnApplicationBeginsAs() {
        assertThat(SchemaText.code("IN", discover("{\"a\":1,\"B\":\"x\"}").schema()))
                .isEqualTo(
                        """
                        CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (
                            "a" INTEGER,
                            "B" VARCHAR(4));

                        CREATE OR REPLACE PUMP "STREAM_PUMP" AS
                            INSERT INTO "DESTINATION_SQL_STREAM"
                            SELECT STREAM "a", "B"
                            FROM "IN_001";
                        """);
    }

    @Test
    void passesOverTheFewThatAreNotJson() {
        Discovery found = discover("{\"a\":1}", "oops", "{\"a\":2}");

        assertThat(shown(found.schema())).containsExactly("a $.a INTEGER");
        assertThat(found.problems()).singleElement().asString().startsWith("sample 2: ");
    }

    @Test
    void takesTheDelimiterThatGivesTheMostColumns() {
        assertThat(columns("a;1,5;x", "b;2,5;y"))
                .containsExactly(
                        "COL_0 null VARCHAR(4)", "COL_1 null VARCHAR(4)", "COL_2 null VARCHAR(4)");
    }

    @Test
    void takesNoObjectsThatAreCutOffForText() {
        assertThatThrownBy(() -> discover("{\"a\": 1,", "{\"a\": 2,", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Of 3 samples 2 begin as a JSON object");

        Discovery found = discover("{\"a\": 1,", "{\"a\": 2}");
        assertThat(shown(found.schema())).containsExactly("a $.a INTEGER");
        assertThat(found.problems()).singleElement().asString().startsWith("sample 1: ");
    }

    @Test
    void saysWhenThereIsNothingToLearnFrom() {
        assertThatThrownBy(() -> SchemaDiscovery.discover(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no records");
        assertThatThrownBy(() -> SchemaDiscovery.discover(List.of(new byte[] {(byte) 0xff, 0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither JSON objects nor UTF-8 text");
    }

    @Test
    void saysWhenJsonHasNoValues() {
        assertThatThrownBy(() -> discover("{}", "[]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are JSON, but in none of 2 samples is a value");
    }

    @Test
    void writesPathsThatLeadToWhatTheyWereMadeOf() {
        String sample =
                """
                {"": 1, "a'b": 2, "c\\"d": 3, "e']f": 4, "g\\\\h": 5, "i": {"": 6, "j\\\\": 7}}
                """;

        Discovery found = discover(sample);

        assertThat(shown(found.schema()))
                .containsExactly(
                        "COL_0 $[''] INTEGER",
                        "COL_ab $['a\\'b'] INTEGER",
                        "COL_cd $['c\"d'] INTEGER",
                        "COL_ef $['e\\']f'] INTEGER",
                        "COL_gh $['g\\\\h'] INTEGER",
                        "COL_5 $.i[''] INTEGER",
                        "COL_j $.i['j\\\\'] INTEGER");
        assertThat(values(found.schema(), sample)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    private static List<Object> values(RecordSchema schema, String record) {
        List<Object> values = new ArrayList<>();
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        RecordDecoder.of(schema)
                .decode(
                        bytes,
                        0,
                        bytes.length,
                        new RecordDecoder.Rows() {
                            @Override
                            public void row(Object[] row) {
                                values.addAll(List.of(row));
                            }

                            @Override
                            public void error(DecodingError error) {
                                throw new AssertionError(error.message());
                            }
                        });
        return values;
    }

    private static List<String> columns(String... samples) {
        Discovery found = discover(samples);
        assertThat(found.problems()).isEmpty();
        return shown(found.schema());
    }

    private static List<String> shown(RecordSchema schema) {
        List<String> columns = new ArrayList<>();
        schema.columns()
                .forEach(
                        column ->
                                columns.add(
                                        column.name()
                                                + " "
                                                + column.mapping()
                                                + " "
                                                + column.type()));
        return columns;
    }

    private static Discovery discover(String... samples) {
        List<byte[]> bytes = new ArrayList<>();
        for (String sample : samples) {
            bytes.add(sample.getBytes(StandardCharsets.UTF_8));
        }
        return SchemaDiscovery.discover(bytes);
    }
}
