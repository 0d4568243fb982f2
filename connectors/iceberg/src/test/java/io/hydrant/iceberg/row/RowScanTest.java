package io.hydrant.iceberg.row;

import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What is scanned is what the tree makes of it, or nothing. */
class RowScanTest {

    private static final Schema SCHEMA =
            new Schema(
                    NestedField.required(1, "id", Types.StringType.get()),
                    NestedField.optional(2, "b", Types.BooleanType.get()),
                    NestedField.optional(3, "n", Types.IntegerType.get()),
                    NestedField.optional(4, "big", Types.LongType.get()),
                    NestedField.optional(5, "f", Types.FloatType.get()),
                    NestedField.optional(6, "d", Types.DoubleType.get()),
                    NestedField.optional(7, "dec", Types.DecimalType.of(7, 2)),
                    NestedField.optional(8, "day", Types.DateType.get()),
                    NestedField.optional(9, "time", Types.TimeType.get()),
                    NestedField.optional(10, "t", Types.TimestampType.withoutZone()),
                    NestedField.optional(11, "tz", Types.TimestampType.withZone()),
                    NestedField.optional(12, "uuid", Types.UUIDType.get()),
                    NestedField.optional(13, "bin", Types.BinaryType.get()),
                    NestedField.optional(14, "fixed", Types.FixedType.ofLength(3)),
                    NestedField.optional(
                            15,
                            "inner",
                            Types.StructType.of(
                                    NestedField.required(16, "n", Types.IntegerType.get()),
                                    NestedField.optional(17, "s", Types.StringType.get()))),
                    NestedField.optional(
                            18, "list", Types.ListType.ofOptional(19, Types.IntegerType.get())),
                    NestedField.optional(
                            20, "full", Types.ListType.ofRequired(21, Types.DoubleType.get())),
                    NestedField.optional(
                            22,
                            "map",
                            Types.MapType.ofOptional(
                                    23, 24, Types.StringType.get(), Types.LongType.get())),
                    NestedField.optional(25, "_rest", Types.StringType.get()));

    private static final String[] KEYS = {
        "id", "b", "n", "N", "big", "f", "d", "dec", "day", "time", "t", "tz", "uuid", "bin",
        "fixed", "inner", "list", "full", "map", "other", "é", "n"
    };

    private static final String[] VALUES = {
        "\"x\"",
        "\"\"",
        "\"é😀\"",
        "\"a\\\"b\"",
        "\"12\"",
        "\" 1.50 \"",
        "\"YWJj\"",
        "\"2024-02-29\"",
        "\"2023-02-29\"",
        "\"23:59:59.25\"",
        "\"2024-02-29 01:02:03.4\"",
        "\"2024-02-29T01:02:03Z\"",
        "\"2024-02-29T01:02:03.123456789+02:00\"",
        "\"0e6c5b1e-24c8-4bd2-8a8c-0c1f4f7f8a11\"",
        "0",
        "-0",
        "-0.0",
        "7",
        "7.0",
        "-2147483649",
        "2147483648",
        "999999999999999999",
        "9223372036854775807",
        "1518033528123",
        "0.1",
        "123.455",
        "-99999.99",
        "100000.00",
        "9007199254740993",
        "900719925474099.3",
        "0.000000000000000001",
        "1e3",
        "01",
        "true",
        "false",
        "null",
        "{}",
        "[]",
        "[1, null, 3]",
        "[1.5,2]",
        "[1,]",
        "{\"n\":1,\"s\":\"y\"}",
        "{\"s\":\"y\",\"s\":null}",
        "{\"k\": 5, \"l\":null,\"k\":6}",
        "{\"n\":1,\"more\":[{}]}"
    };

    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n "};

    @ParameterizedTest
    @EnumSource(UnknownFields.class)
    void makesTheRowThatTheTreeMakes(UnknownFields unknown) throws Exception {
        Random random = new Random(unknown.ordinal());
        RowReader reader = new RowReader(SCHEMA, unknown, "_rest");
        int scanned = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = document(random).getBytes(StandardCharsets.UTF_8);
            for (int damage = random.nextInt(8) - 6; damage > 0; damage--) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
            GenericRowData row = reader.scanAlways(json, 0, json.length);
            if (row != null) {
                scanned++;
                assertThat(row)
                        .as(new String(json, StandardCharsets.ISO_8859_1))
                        .isEqualTo(reader.read(RowReader.parse(json, 0, json.length)))
                        .hasSameHashCodeAs(reader.read(RowReader.parse(json, 0, json.length)));
            }
        }
        assertThat(scanned).as("documents that took no tree").isBetween(1_000, 19_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"b\":true,\"n\":1,\"big\":-2,\"f\":1.5,\"d\":2,\"dec\":\"1.2\",\"other\":null}",
                " {\"id\" : \"é😀\" ,\n\"t\":\"2024-02-29 01:02:03\",\"tz\":0,\"day\":\"2024-02-29\"} ",
                "{\"inner\":{\"n\":1},\"list\":[1,null],\"full\":[],\"map\":{\"a\":1,\"b\":null},\"id\":\"\"}",
                "{\"id\":\"a\",\"n\":2,\"n\":null}"
            })
    void takesNoTreeForPlainRecords(String json) throws Exception {
        RowReader reader = new RowReader(SCHEMA, UnknownFields.DEAD_LETTER, null);
        byte[] bytes = ("x" + json + "x").getBytes(StandardCharsets.UTF_8);

        assertThat(reader.scan(bytes, 1, bytes.length - 2))
                .isNotNull()
                .isEqualTo(reader.read(RowReader.parse(bytes, 1, bytes.length - 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"id\":null}",
                "{\"id\":5}",
                "{\"id\":\"a\"}{\"id\":\"b\"}",
                "{\"id\":\"a\",\"other\":1}",
                "{\"id\":\"a\",\"n\":2147483648}",
                "{\"id\":\"a\",\"n\":1.5}",
                "{\"id\":\"a\",\"dec\":1.234}",
                "{\"id\":\"a\",\"day\":\"2023-02-29\"}",
                "{\"id\":\"a\",\"inner\":{}}",
                "{\"id\":\"a\",\"full\":[null]}",
                "{\"id\":\"a\",}",
                "{\"id\":\"a\""
            })
    void leavesToTheTreeWhatDoesNotFit(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(
                        new RowReader(SCHEMA, UnknownFields.DEAD_LETTER, null)
                                .scan(bytes, 0, bytes.length))
                .isNull();
    }

    @Test
    void textsOfARowOutliveTheRecord() {
        byte[] bytes = "{\"id\":\"abc\"}".getBytes(StandardCharsets.UTF_8);

        GenericRowData row =
                new RowReader(SCHEMA, UnknownFields.DEAD_LETTER, null).scan(bytes, 0, bytes.length);
        bytes[7] = 'X';

        assertThat(row.getString(0)).hasToString("abc");
    }

    private static String document(Random random) {
        StringBuilder json = new StringBuilder();
        space(random, json).append('{');
        space(random, json.append(random.nextInt(10) > 0 ? "\"id\":\"i\"" : "\"id\":null"));
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            space(random, json.append(','));
            json.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
            space(random, json).append(':');
            space(random, json).append(VALUES[random.nextInt(VALUES.length)]);
            space(random, json);
        }
        return space(random, json.append('}')).toString();
    }

    private static StringBuilder space(Random random, StringBuilder json) {
        return json.append(SPACES[random.nextInt(SPACES.length)]);
    }
}
