package io.hydrant.sql.kda.application;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of the developer guide's "Mapping JSON Data Types to SQL Data Types", line by line. */
class CoercionTest {

    @ParameterizedTest(name = "{1} as {0} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER | true | 1",
                "TINYINT | false | 0",
                "DECIMAL(5,2) | true | 1.00",
                "DOUBLE | true | 1.0",
                "BOOLEAN | true | true",
                "VARCHAR(10) | true | true",
                "VARCHAR(2) | false | fa",
                "BINARY(3) | true | x000001",
                "BINARY(3) | false | x000000",
                "VARBINARY(3) | true | x01",
                "TIMESTAMP | true | refused",
                "DATE | false | refused",
                "INTEGER | 67321 | 67321",
                "INTEGER | 5.00 | 5",
                "INTEGER | 123.4 | refused",
                "INTEGER | 2147483648 | refused",
                "TINYINT | -128 | -128",
                "TINYINT | 180 | refused",
                "SMALLINT | 32767 | 32767",
                "SMALLINT | 32768 | refused",
                "BIGINT | 9007199254740993 | 9007199254740993",
                "BIGINT | 1e3 | 1000",
                "BIGINT | 9223372036854775808 | refused",
                "DECIMAL(5,2) | 123.45 | 123.45",
                "DECIMAL(5,2) | 7 | 7.00",
                "DECIMAL(5,2) | 1000 | refused",
                "DECIMAL(5,2) | 1.234 | refused",
                "DECIMAL | 12 | 12",
                "REAL | 33.11 | 33.11",
                "REAL | 1e39 | refused",
                "DOUBLE | 1e39 | 1.0E39",
                "DOUBLE | 1e309 | refused",
                "BIGINT | 1e999999999 | refused",
                "VARCHAR(20) | 1e999999999 | refused",
                "VARBINARY(3) | 1 | refused",
                "BOOLEAN | 0 | false",
                "BOOLEAN | 0.0 | false",
                "BOOLEAN | -3 | true",
                "VARCHAR(20) | 1.10 | 1.10",
                "VARCHAR(3) | 12345 | 123",
                "TIMESTAMP | 1531000000000 | refused",
                "INTEGER | \"42\" | 42",
                "INTEGER | \" 42 \" | 42",
                "INTEGER | \"4x\" | refused",
                "INTEGER | \"\" | refused",
                "DOUBLE | \"1.5\" | 1.5",
                "VARBINARY(9) | \"X'3F67A23A'\" | x3f67a23a",
                "VARBINARY(2) | \"x'3f67a23a'\" | x3f67",
                "BINARY(5) | \"X'3F67'\" | x3f67000000",
                "VARBINARY(9) | \"X'3F6'\" | refused",
                "VARBINARY(9) | \"3F67\" | refused",
                "BOOLEAN | \"TRUE\" | true",
                "BOOLEAN | \"yes\" | false",
                "VARCHAR(4) | \"AMZN\" | AMZN",
                "VARCHAR(4) | \"AMAZON\" | AMAZ",
                "CHAR(6) | \"AMZN\" | AMZN..",
                "VARCHAR(9) | [ 1, \"a\" ] | [1,\"a\"]",
                "VARCHAR(99) | {\"a\": 1.50} | {\"a\":1.50}",
                "INTEGER | [1] | refused",
                "TIMESTAMP | {\"a\":1} | refused",
            })
    void convertsAsTheGuideSays(String type, String json, String expected) {
        assertThat(shown(convert(type, json))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1992-02-14 | 1992-02-14T00:00",
                "1992-02-14 18:35:44.0 | 1992-02-14T18:35:44",
                "2018-08-01T20:17:20.797945 | 2018-08-01T20:17:20.797",
                "2018-08-01T20:17:20.5Z | 2018-08-01T20:17:20.500",
                "2018-08-01T20:17:20+02:00 | 2018-08-01T18:17:20",
                "2018-08-01 20:17:20 -0730 | 2018-08-02T03:47:20",
                "2018-08-01 20:17 | 2018-08-01T20:17",
                "2018-02-30 | refused",
                "2018-08-01 25:00:00 | refused",
                "25/Mar/2018 | refused",
                "'' | refused",
            })
    void readsTimestamps(String text, String expected) {
        Object value = convert("TIMESTAMP", "\"" + text + "\"");
        assertThat(expected.equals("refused") ? value : (Object) LocalDateTime.parse(expected))
                .isEqualTo(value);
        assertThat(value == null).isEqualTo(expected.equals("refused"));
    }

    @Test
    void readsDatesAndTimesOfDay() {
        assertThat(convert("DATE", "\"1992-02-14 18:35:44.0\""))
                .isEqualTo(LocalDate.of(1992, 2, 14));
        assertThat(convert("TIME", "\"18:35:44.0129\""))
                .isEqualTo(LocalTime.of(18, 35, 44, 12_000_000));
        assertThat(convert("TIME", "\"1992-02-14 18:35:44\"")).isEqualTo(LocalTime.of(18, 35, 44));
        assertThat(convert("TIME", "\"24:00:00\"")).isNull();
    }

    @Test
    void cutsBetweenCharactersNotInTheMiddleOfOne() {
        assertThat(convert("VARCHAR(2)", "\"a😀b\"")).isEqualTo("a😀");
    }

    @Test
    void givesEachTypeItsJavaClass() {
        assertThat(convert("TINYINT", "1")).isEqualTo((byte) 1);
        assertThat(convert("SMALLINT", "1")).isEqualTo((short) 1);
        assertThat(convert("INTEGER", "1")).isEqualTo(1);
        assertThat(convert("BIGINT", "1")).isEqualTo(1L);
        assertThat(convert("REAL", "1")).isEqualTo(1f);
        assertThat(convert("DOUBLE", "1")).isEqualTo(1d);
        assertThat(convert("DECIMAL(3,1)", "1")).isEqualTo(new BigDecimal("1.0"));
    }

    /** The value, or null where it was refused. */
    private static Object convert(String type, String json) {
        RecordSchema schema =
                new RecordSchema(
                        List.of(new RecordColumn("C", "$.v", ColumnType.parse(type))),
                        new RecordFormat.Json("$"));
        DecodedRows decoded = DecodedRows.of(RecordDecoder.of(schema), "{\"v\":" + json + "}");
        return decoded.rows().isEmpty() ? null : decoded.rows().get(0).get(0);
    }

    private static String shown(Object value) {
        if (value == null) {
            return "refused";
        }
        return value instanceof byte[] bytes
                ? "x" + HexFormat.of().formatHex(bytes)
                : value.toString().replace(' ', '.');
    }
}
