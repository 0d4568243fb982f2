package io.hydrant.iceberg.row;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowReaderTest {

    private static final Map<String, Type> TYPES =
            Map.ofEntries(
                    Map.entry("boolean", Types.BooleanType.get()),
                    Map.entry("int", Types.IntegerType.get()),
                    Map.entry("long", Types.LongType.get()),
                    Map.entry("float", Types.FloatType.get()),
                    Map.entry("double", Types.DoubleType.get()),
                    Map.entry("decimal", Types.DecimalType.of(5, 2)),
                    Map.entry("string", Types.StringType.get()),
                    Map.entry("date", Types.DateType.get()),
                    Map.entry("time", Types.TimeType.get()),
                    Map.entry("timestamp", Types.TimestampType.withoutZone()),
                    Map.entry("timestamptz", Types.TimestampType.withZone()),
                    Map.entry("uuid", Types.UUIDType.get()),
                    Map.entry("binary", Types.BinaryType.get()),
                    Map.entry("fixed", Types.FixedType.ofLength(2)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boolean     | true                        | true",
                "int         | 2147483647                  | 2147483647",
                "int         | 3.0                         | 3",
                "long        | -9223372036854775808        | -9223372036854775808",
                "float       | 1.5                         | 1.5",
                "double      | 3                           | 3.0",
                "decimal     | 123.45                      | 123.45",
                "decimal     | 1.50000                     | 1.50",
                "decimal     | \"-0.07\"                   | -0.07",
                "decimal     | 0                           | 0.00",
                "string      | \"gräs\"                    | gräs",
                "date        | \"1970-01-03\"              | 2",
                "time        | \"00:00:01.5\"              | 1500",
                "timestamp   | \"2026-01-27T13:05:59.1234567\" | 2026-01-27T13:05:59.123456",
                "timestamp   | \"2026-01-27 13:05\"        | 2026-01-27T13:05",
                "timestamp   | \"2026-01-27T13:05:59+02:00\" | 2026-01-27T13:05:59",
                "timestamp   | 86400000                    | 1970-01-02T00:00",
                "timestamptz | \"2026-01-27T13:05:59Z\"    | 2026-01-27T13:05:59",
                "timestamptz | \"2026-01-27T13:05:59+02:00\" | 2026-01-27T11:05:59",
                "timestamptz | \"2026-01-27T13:05:59+0200\" | 2026-01-27T11:05:59",
                "timestamptz | \"2026-01-27 13:05:59\"     | 2026-01-27T13:05:59",
            })
    void readsAValueForAColumn(String type, String json, String expected) throws Exception {
        Object value = read(TYPES.get(type), json);

        assertThat(value instanceof TimestampData time ? time.toLocalDateTime() : value)
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boolean     | 1                    | is a number, not true or false",
                "int         | 2147483648           | is a number, not a whole number of 32 bits",
                "int         | 1.5                  | is a number, not a whole number of 32 bits",
                "int         | \"7\"                | is a text that is not a whole number of 32 bits",
                "long        | 9223372036854775808  | is a number, not a whole number of 64 bits",
                "double      | 1e999                | is a number too large for its column",
                "double      | \"NaN\"              | is a text that is not a number",
                "decimal     | 1234.5               | has more digits than decimal(5, 2) holds",
                "decimal     | 1.234                | has more digits than decimal(5, 2) holds",
                "decimal     | 1e999999999          | has more digits than decimal(5, 2) holds",
                "decimal     | \"x\"                | is a text that is not a number",
                "string      | 5                    | is a number, not a text",
                "string      | {}                   | is an object, not a text",
                "date        | \"27.1.2026\"        | is a text that is not a date",
                "time        | \"25:00\"            | is a text that is not a time",
                "timestamp   | \"soon\"             | is a text that is not a time",
                "timestamptz | 1.5                  | is a number, not a whole number of 64 bits",
                "uuid        | \"1-2\"              | is a text that is not a UUID",
                "binary      | \"=\"                | is a text that is not bytes in base64",
                "fixed       | \"YWJj\"             | has 3 bytes; its column holds 2",
            })
    void refusesAValueThatDoesNotFit(String type, String json, String message) {
        assertThatThrownBy(() -> read(TYPES.get(type), json))
                .isInstanceOf(MisfitException.class)
                .hasMessageStartingWith("Field c " + message);
    }

    @Test
    void readsStructsListsAndMaps() throws Exception {
        Schema schema =
                new Schema(
                        Types.NestedField.optional(
                                1,
                                "s",
                                Types.StructType.of(
                                        Types.NestedField.required(2, "a", Types.IntegerType.get()),
                                        Types.NestedField.optional(
                                                3,
                                                "l",
                                                Types.ListType.ofOptional(
                                                        4, Types.IntegerType.get())))),
                        Types.NestedField.optional(
                                5,
                                "m",
                                Types.MapType.ofRequired(
                                        6, 7, Types.StringType.get(), Types.LongType.get())));
        RowReader reader = new RowReader(schema, UnknownFields.DEAD_LETTER, null);

        GenericRowData row = row(reader, "{\"s\":{\"a\":1,\"l\":[2,null]},\"m\":{\"k\":9}}");

        assertThat(row.getRow(0, 2).getInt(0)).isEqualTo(1);
        assertThat(row.getRow(0, 2).getArray(1).getInt(0)).isEqualTo(2);
        assertThat(row.getRow(0, 2).getArray(1).isNullAt(1)).isTrue();
        assertThat(row.getMap(1).valueArray().getLong(0)).isEqualTo(9);
        assertThatThrownBy(() -> row(reader, "{\"s\":{\"l\":[]}}"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("Field s.a is missing");
        assertThatThrownBy(() -> row(reader, "{\"s\":{\"a\":1,\"l\":[1,\"x\"]}}"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("Field s.l.1 is a text");
        assertThatThrownBy(() -> row(reader, "{\"m\":{\"k\":null}}"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("Field m.k is null");
    }

    @Test
    void aNullIsAFieldThatIsNotThere() throws Exception {
        RowReader reader = reader(UnknownFields.DEAD_LETTER);

        assertThat(row(reader, "{\"id\":1,\"name\":null,\"stranger\":null}").isNullAt(1)).isTrue();
        assertThatThrownBy(() -> row(reader, "{\"id\":null}"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("Field id is missing or null");
    }

    @Test
    void fieldsWithoutAColumnAreRefusedIgnoredOrCollected() throws Exception {
        String json = "{\"id\":1,\"name\":\"n\",\"more\":{\"x\":[1.50]},\"At\":\"t\"}";

        assertThatThrownBy(() -> row(reader(UnknownFields.DEAD_LETTER), json))
                .isInstanceOf(MisfitException.class)
                .hasMessage("Field more has no column in the table");
        assertThat(row(reader(UnknownFields.IGNORE), json).getString(1)).hasToString("n");
        RowReader collecting = reader(UnknownFields.COLLECT);
        assertThat(row(collecting, json).getString(2))
                .hasToString("{\"more\":{\"x\":[1.50]},\"At\":\"t\"}");
        assertThat(row(collecting, "{\"id\":2}").isNullAt(2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"``", "[]", "1", "{}{}", "{\"id\":1", "nonsense", "null", "{} x"})
    void aRecordIsOneObject(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RowReader.parse(bytes, 0, bytes.length))
                .isInstanceOf(MisfitException.class)
                .hasMessageStartingWith("The record is not one JSON object");
    }

    @Test
    void refusesColumnsThatItCannotWrite() {
        Schema schema =
                new Schema(
                        Types.NestedField.optional(
                                1,
                                "m",
                                Types.MapType.ofOptional(
                                        2, 3, Types.LongType.get(), Types.LongType.get())));

        assertThatThrownBy(() -> new RowReader(schema, UnknownFields.IGNORE, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column m: maps have texts as keys");
    }

    private static RowReader reader(UnknownFields unknown) {
        return new RowReader(
                new Schema(
                        Types.NestedField.required(1, "id", Types.LongType.get()),
                        Types.NestedField.optional(2, "name", Types.StringType.get()),
                        Types.NestedField.optional(3, "_rest", Types.StringType.get())),
                unknown,
                "_rest");
    }

    private static Object read(Type type, String json) throws MisfitException {
        RowReader reader =
                new RowReader(
                        new Schema(List.of(Types.NestedField.optional(1, "c", type))),
                        UnknownFields.DEAD_LETTER,
                        null);
        return row(reader, "{\"c\":" + json + "}").getField(0);
    }

    private static GenericRowData row(RowReader reader, String json) throws MisfitException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return reader.read(RowReader.parse(bytes, 0, bytes.length));
    }
}
