package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.row.RowText;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Source: Firehose developer guide, "Convert input data format" and "Choose the JSON deserializer";
 * API reference, OpenXJsonSerDe and HiveJsonSerDe.
 */
class JsonRowsTest {

    private static final JsonSerDe HIVE = new JsonSerDe.Hive(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    string        | "é\\u00e9\\ud83d\\ude00 a" | éé😀 a
                    string        | 12.50             | 12.50
                    string        | true              | true
                    string        | {"b":[1, "x"]}    | {"b":[1,"x"]}
                    string        | [1, 2]            | [1,2]
                    varchar(3)    | "abcdef"          | abc
                    varchar(2)    | "😀😀😀"           | 😀😀
                    char(4)       | "ab  "            | ab
                    boolean       | false             | false
                    boolean       | "TRUE"            | true
                    tinyint       | -128              | -128
                    smallint      | 32767             | 32767
                    int           | "2147483647"      | 2147483647
                    int           | 1.0               | 1
                    int           | 1e3               | 1000
                    bigint        | -9223372036854775808 | -9223372036854775808
                    float         | 1.5               | 1.5
                    double        | "1e300"           | 1.0E300
                    double        | "NaN"             | NaN
                    double        | 7                 | 7.0
                    decimal(5,2)  | 123.455           | 123.46
                    decimal(5,2)  | "-0.5"            | -0.50
                    decimal(5,2)  | 1e-999999999      | 0.00
                    decimal(38,10)| 1234567890123456789012345678.0123456789 | 1234567890123456789012345678.0123456789
                    date          | "2024-2-29"       | 2024-02-29
                    binary        | "bytes"           | bytes
                    array<int>    | [1, null, "3"]    | [1, null, 3]
                    array<array<string>> | [[], ["a"], null] | [[], [a], null]
                    map<string,int> | {"B": 1, "a": null} | (B->1, a->null)
                    map<int,string> | {"7": "x"}      | (7->x)
                    struct<x:int,y:struct<z:string>> | {"y": {"Z": "q", "other": [{}]}, "x": 1} | {y={z=q}, x=1}
                    array<struct<x:int>> | [{"x": 1}, {}, {"X": 2}] | [{x=1}, {}, {x=2}]
                    timestamp     | "2017-02-07T15:13:01.39256Z"   | 2017-02-07T15:13:01.392560Z
                    timestamp     | "2017-02-07T15:13:01Z"         | 2017-02-07T15:13:01Z
                    timestamp     | "2017-02-07T15:13:01+01:30"    | 2017-02-07T13:43:01Z
                    timestamp     | "2017-2-7 15:13:01.123456789"  | 2017-02-07T15:13:01.123456789Z
                    timestamp     | "1969-12-31 23:59:59.5"        | 1969-12-31T23:59:59.500Z
                    timestamp     | 1518033528                     | 2018-02-07T19:58:48Z
                    timestamp     | "1518033528"                   | 2018-02-07T19:58:48Z
                    timestamp     | 1518033528123                  | 2018-02-07T19:58:48.123Z
                    timestamp     | "1518033528123"                | 2018-02-07T19:58:48.123Z
                    timestamp     | 1518033528.123456789           | 2018-02-07T19:58:48.123456789Z
                    timestamp     | -1.25                          | 1969-12-31T23:59:58.750Z
                    """)
    void openXReads(String type, String json, String value) throws Exception {
        assertThat(rows("struct<a:" + type + ">", JsonSerDe.DEFAULT, "{\"a\": " + json + "}"))
                .containsExactly("{a=" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    boolean       | "yes"             | this text
                    boolean       | 1                 | this number
                    tinyint       | 128               | this number
                    smallint      | -32769            | this number
                    int           | 2147483648        | this number
                    int           | 1.5               | this number
                    int           | ""                | this text
                    int           | "12a"             | this text
                    int           | true              | true or false
                    int           | [1]               | an array
                    bigint        | 9223372036854775808 | this number
                    bigint        | 1e999999999       | this number
                    float         | 1e39              | this number
                    double        | 1e400             | this number
                    double        | "0x1p3"           | this text
                    double        | "1d"              | this text
                    decimal(5,2)  | 1000              | this number
                    decimal(5,2)  | 999.995           | this number
                    decimal(5,2)  | 1e999999999       | this number
                    date          | "2023-02-29"      | this text
                    date          | "2023-02-28 10:00:00" | this text
                    varchar(3)    | {}                | an object
                    binary        | [1]               | an array
                    timestamp     | "yesterday"       | this text
                    timestamp     | "2017-02-07T25:00:00Z" | this text
                    timestamp     | "2017-02-07T15:13:01.1234567890Z" | this text
                    timestamp     | true              | true or false
                    timestamp     | 1e40              | this number
                    timestamp     | 1e999999999       | this number
                    timestamp     | 1e-999999999      | this number
                    """)
    void openXRefuses(String type, String json, String shown) {
        assertThatThrownBy(
                        () ->
                                rows(
                                        "struct<a:" + type + ">",
                                        JsonSerDe.DEFAULT,
                                        "{\"a\": " + json + "}"))
                .isInstanceOf(ConversionException.class)
                .hasMessage(
                        "Data does not match the schema. Column a: "
                                + type
                                + " belongs here, not "
                                + shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    string     | 12                      | 12
                    int        | 12                      | 12
                    boolean    | true                    | true
                    timestamp  | "2017-2-7 15:13:01.14"  | 2017-02-07T15:13:01.140Z
                    date       | "2017-02-07"            | 2017-02-07
                    """)
    void hiveReads(String type, String json, String value) throws Exception {
        assertThat(rows("struct<a:" + type + ">", HIVE, "{\"A\": " + json + "}"))
                .containsExactly("{a=" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    int        | "123"                   | this text
                    double     | "1.5"                   | this text
                    boolean    | "true"                  | this text
                    string     | {"inner": 1}            | an object
                    timestamp  | 1518033528              | this number
                    timestamp  | "2017-02-07T15:13:01Z"  | this text
                    """)
    void hiveRefuses(String type, String json, String shown) {
        assertThatThrownBy(() -> rows("struct<a:" + type + ">", HIVE, "{\"a\": " + json + "}"))
                .isInstanceOf(ConversionException.class)
                .hasMessageEndingWith(type + " belongs here, not " + shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    dd/MM/yyyy HH:mm:ss.SSS | "07/02/2017 15:13:01.140" | 2017-02-07T15:13:01.140Z
                    yyyy-MM-dd'T'HH:mm:ssZZ | "2017-02-07T15:13:01+02:00" | 2017-02-07T13:13:01Z
                    millis                  | 1518033528123             | 2018-02-07T19:58:48.123Z
                    millis                  | "1518033528123"           | 2018-02-07T19:58:48.123Z
                    millis                  | "2017-02-07 15:13:01"     | 2017-02-07T15:13:01Z
                    """)
    void hiveReadsTimestampsInItsFormats(String format, String json, String value)
            throws Exception {
        JsonSerDe hive = new JsonSerDe.Hive(List.of("EEEE", format));

        assertThat(rows("struct<a:timestamp>", hive, "{\"a\": " + json + "}"))
                .containsExactly("{a=" + value + "}");
    }

    @Test
    void hiveRefusesAFormatThatIsNoPattern() {
        assertThatThrownBy(() -> new JsonSerDe.Hive(List.of("yyyy", "bbb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'bbb' is no pattern of Joda-Time: ");
    }

    @Test
    void keysAreFoundInAnyCaseUnlessCaseMatters() throws Exception {
        String schema = "struct<userid:int>";
        JsonSerDe exact = new JsonSerDe.OpenX(false, false, Map.of());

        assertThat(rows(schema, JsonSerDe.DEFAULT, "{\"userId\": 1}"))
                .containsExactly("{userid=1}");
        assertThat(rows(schema, exact, "{\"userId\": 1}")).containsExactly("{}");
        assertThat(rows(schema, exact, "{\"userid\": 1}")).containsExactly("{userid=1}");
    }

    @Test
    void dotsInKeysBecomeUnderscoresWhereThatIsAskedFor() throws Exception {
        JsonSerDe dots = new JsonSerDe.OpenX(true, true, Map.of());
        String schema = "struct<a_b:int,n:struct<c_d:int>>";

        assertThat(rows(schema, dots, "{\"a.b\": 1, \"n\": {\"c.D\": 2}}"))
                .containsExactly("{a_b=1, n={c_d=2}}");
        assertThat(rows(schema, JsonSerDe.DEFAULT, "{\"a.b\": 1}")).containsExactly("{}");
    }

    @Test
    void columnsMayHaveOtherKeys() throws Exception {
        JsonSerDe mapped = new JsonSerDe.OpenX(true, false, Map.of("ts", "timestamp"));

        assertThat(rows("struct<ts:int>", mapped, "{\"Timestamp\": 1, \"ts\": 2}"))
                .containsExactly("{ts=1}");
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() throws Exception {
        assertThat(
                        rows(
                                "struct<a:array<struct<b:int>>,c:map<string,decimal(30,2)>>",
                                JsonSerDe.DEFAULT,
                                "{\"a\": [{\"b\": 1, \"B\": 2}], \"c\": {\"k\": 1.5}, \"A\": [], \"c\": null}"))
                .containsExactly("{a=[]}");
    }

    @Test
    void nullAndAbsentAreTheSame() throws Exception {
        assertThat(rows("struct<a:int,b:int>", JsonSerDe.DEFAULT, "{\"a\": null, \"c\": {}}"))
                .containsExactly("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1}\n{\"a\":2}\n",
                " {\"a\":1} \t\r\n {\"a\":2}"
            })
    void documentsEndToEndAreARowEach(String json) throws Exception {
        assertThat(rows("struct<a:int>", JsonSerDe.DEFAULT, json))
                .containsExactly("{a=1}", "{a=2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    [{"a":1}]          | Data does not match the schema. an object belongs here, not an array
                    12                 | Data does not match the schema. an object belongs here, not this number
                    {"a":1}{"a":"x"}   | Data does not match the schema. Column a: int belongs here, not this text
                    {"a":1},{"a":2}    | Encountered malformed JSON. it is not JSON at byte 7
                    {"a":1             | Encountered malformed JSON. it ends within a value
                    {'a':1}            | Encountered malformed JSON. it is not JSON at byte 1
                    ~~                 | Encountered malformed JSON. it holds no JSON object
                    ~ ~                | Encountered malformed JSON. it holds no JSON object
                    """)
    void whatIsNoObjectIsRefusedAsAWhole(String json, String message) {
        assertThatThrownBy(() -> rows("struct<a:int>", JsonSerDe.DEFAULT, json))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }

    @Test
    void errorsNameTheColumnWithinColumns() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        "struct<a:array<struct<b:map<string,int>>>>",
                                        JsonSerDe.DEFAULT,
                                        "{\"a\": [{\"b\": {\"secret\": {}}}]}"))
                .isInstanceOf(ConversionException.class)
                .hasMessage(
                        "Data does not match the schema. Column a[].b[]: int belongs here, not an object");
    }

    /** Whatever comes becomes rows or an error of ours, and rows that can be read. */
    @Test
    void nothingThatComesBreaksIt() throws Exception {
        HiveType.Struct columns =
                (HiveType.Struct)
                        HiveTypeParser.parse(
                                "struct<a:int,b:string,c:array<struct<d:timestamp,e:decimal(20,3)>>,f:map<date,double>>");
        byte[] sample =
                "{\"a\":1,\"b\":\"x\\u00e9\",\"c\":[{\"d\":1.5,\"e\":\"2.5\"},null],\"f\":{\"2024-01-01\":1e3}}{\"c\":null}"
                        .getBytes(StandardCharsets.UTF_8);
        JsonRows rows = new JsonRows(columns, JsonSerDe.DEFAULT);
        Random random = new Random(7);
        GrowingBytes out = new GrowingBytes(0);
        int converted = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] damaged = sample.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean()
                                ? (byte) random.nextInt(256)
                                : sample[random.nextInt(sample.length)];
            }
            out.clear();
            try {
                int count = rows.append(damaged, 0, damaged.length, out);
                assertThat(texts(columns, out)).hasSize(count);
                converted++;
            } catch (ConversionException e) {
                assertThat(e.code()).startsWith("DataFormatConversion.");
            }
        }
        assertThat(converted).isBetween(1_000, 3_800);
    }

    @Test
    void nestingDeeperThanAnyParserGoesIsRefused() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        "struct<a:int>",
                                        JsonSerDe.DEFAULT,
                                        "{\"x\":" + "[".repeat(200_000)))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Encountered malformed JSON. ");
    }

    private static List<String> rows(String schema, JsonSerDe serDe, String json)
            throws ConversionException, IOException {
        HiveType.Struct columns = (HiveType.Struct) HiveTypeParser.parse(schema);
        byte[] payload = ("#" + json + "#").getBytes(StandardCharsets.UTF_8);
        GrowingBytes out = new GrowingBytes(0);
        int count = new JsonRows(columns, serDe).append(payload, 1, payload.length - 2, out);
        List<String> rows = texts(columns, out);
        assertThat(rows).hasSize(count);
        return rows;
    }

    private static List<String> texts(HiveType.Struct columns, GrowingBytes bytes)
            throws IOException {
        RowInput input = new RowInput(new ByteArrayInputStream(bytes.toByteArray()));
        List<String> rows = new ArrayList<>();
        while (!input.isAtEnd()) {
            rows.add(RowText.of(columns, input));
        }
        return rows;
    }
}
