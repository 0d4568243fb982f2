package io.hydrant.kinesis.change;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChangeRowDecoderTest {

    private static final String BOTH =
            """
            {"eventName":"%s","dynamodb":{"Keys":{"id":{"N":"1"}},
             "OldImage":{"name":{"S":"old"},"id":{"N":"1"},"extra":{"M":{"a":{"L":[]}}}},
             "NewImage":{"id":{"N":"1"},"name":{"S":"new"}},"SequenceNumber":"1"},"eventID":"x"}
            """;

    private final Counter mismatched = new SimpleCounter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "STRING | {'S':'héllo'} | héllo",
                "VARCHAR(3) | {'S':'abc'} | abc",
                "STRING | {'S':''} | ``",
                "STRING | {'N':'12.50'} | 12.50",
                "STRING | {'BOOL':true} | true",
                "STRING | {'M':{'a':{'L':[{'N':'1'},{'NULL':true}]}}} | {\"a\":{\"L\":[{\"N\":\"1\"},{\"NULL\":true}]}}",
                "STRING | {'SS':['b','a']} | [\"b\",\"a\"]",
                "STRING | {'NULL':true} | -",
                "BOOLEAN | {'BOOL':false} | false",
                "BOOLEAN | {'BOOL':true} | true",
                "BYTES | {'B':'aGk='} | [104, 105]",
                "BINARY(2) | {'B':'aGk='} | [104, 105]",
                "TINYINT | {'N':'-128'} | -128",
                "SMALLINT | {'N':'32767'} | 32767",
                "INT | {'N':'1E+5'} | 100000",
                "INT | {'N':'7.0'} | 7",
                "BIGINT | {'N':'9223372036854775807'} | 9223372036854775807",
                "FLOAT | {'N':'0.5'} | 0.5",
                "DOUBLE | {'N':'1.7976931348623157E+100'} | 1.7976931348623157E100",
                "DECIMAL(5, 2) | {'N':'12.5'} | 12.50",
                "DECIMAL(38, 0) | {'N':'99999999999999999999999999999999999999'} | 99999999999999999999999999999999999999",
                "DATE | {'S':'2026-11-21'} | 2026-11-21",
                "TIME | {'S':'12:30:01'} | 12:30:01",
                "TIMESTAMP(3) | {'S':'2026-11-21T12:30:00.123456'} | 2026-11-21T12:30:00.123",
                "TIMESTAMP(6) | {'S':'2026-11-21 12:30:00'} | 2026-11-21T12:30",
                "TIMESTAMP_LTZ(3) | {'S':'2026-11-21T12:30:00.123456+01:00'} | 2026-11-21T11:30:00.123Z",
                "TIMESTAMP_LTZ(9) | {'S':'2026-11-21T12:30:00Z'} | 2026-11-21T12:30:00Z",
                "ARRAY<INT> | {'L':[{'N':'3'},{'NULL':true},{'N':'1'}]} | [3, null, 1]",
                "ARRAY<INT> | {'NS':['10','9','-1']} | [-1, 9, 10]",
                "ARRAY<STRING> | {'SS':['b','a']} | [a, b]",
                "ARRAY<STRING> | {'NS':['10','9']} | [9, 10]",
                "ARRAY<BYTES> | {'BS':['aGk=']} | [[104, 105]]",
                "ARRAY<ARRAY<INT>> | {'L':[{'L':[{'N':'1'}]}]} | [[1]]",
                "MAP<STRING, INT> | {'M':{'a':{'N':'1'}}} | {a=1}",
                "ROW<a INT, b STRING> | {'M':{'b':{'S':'x'},'c':{'L':[{'M':{}}]},'a':{'N':'1'}}} | +I[1, x]",
                "ROW<a INT, b STRING> | {'M':{}} | +I[null, null]",
            })
    void readsValues(String type, String value, String expected) throws Exception {
        assertThat(valueOf(type, value, ValueMismatch.FAIL)).isEqualTo(expected);
        assertThat(mismatched.getCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING | {'B':'aGk='} | column 'c' is STRING, but the item has B 'aGk='; declare it BYTES",
                "INT | {'S':'seven'} | column 'c' is INT, but the item has S 'seven'; declare a type that holds it exactly, or STRING",
                "INT | {'N':'1.5'} | has N '1.5'",
                "INT | {'N':'2147483648'} | has N '2147483648'",
                "TINYINT | {'N':'128'} | has N '128'",
                "BIGINT | {'N':'1E+125'} | has N '1E+125'",
                "FLOAT | {'N':'1E+125'} | has N '1E+125'",
                "DECIMAL(5, 2) | {'N':'1.234'} | column 'c' is DECIMAL(5, 2), but the item has N '1.234'",
                "DECIMAL(5, 2) | {'N':'1234'} | has N '1234'",
                "DECIMAL(5, 2) | {'N':'1E+999999999'} | has N '1E+999999999'",
                "BOOLEAN | {'S':'true'} | has S 'true'; a BOOLEAN takes BOOL",
                "BYTES | {'S':'aGk='} | BYTES takes B",
                "DATE | {'S':'21.11.2026'} | takes S like '2026-11-21'",
                "TIMESTAMP(3) | {'N':'1795262400'} | TIMESTAMP(3) takes S like '2026-11-21T12:30:00'; declare it STRING or, for a number, BIGINT",
                "TIMESTAMP_LTZ(3) | {'S':'2026-11-21T12:30:00'} | takes S like '2026-11-21T12:30:00Z'",
                "ARRAY<INT> | {'L':[{'N':'1'},{'S':'x'}]} | column 'c[]' is INT, but the item has S 'x'",
                "ARRAY<INT> | {'SS':['x']} | column 'c[]' is INT, but the item has S 'x'",
                "ARRAY<INT> | {'M':{'a':{'N':'1'}}} | has M; an ARRAY takes L, SS, NS and BS",
                "MAP<STRING, INT> | {'L':[]} | has L; a MAP takes M",
                "ROW<a ROW<b INT>> | {'M':{'a':{'M':{'b':{'BOOL':true}}}}} | column 'c.a.b' is INT, but the item has BOOL 'true'",
                "ROW<a INT> | {'S':'x'} | a ROW takes M",
                "INT | {'S':'a text that is longer than what a message shows'} | S 'a text that is longer than what …'",
            })
    void saysWhichValueDoesNotFitAndWhatWould(String type, String value, String message)
            throws Exception {
        assertThatThrownBy(() -> valueOf(type, value, ValueMismatch.FAIL))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(", or set 'dynamodb-stream-json.value-mismatch' = 'NULL'");
        // Nothing but the value is left out.
        assertThat(valueOf(type, value, ValueMismatch.NULL)).isNotEqualTo("7");
        assertThat(mismatched.getCount()).isEqualTo(1);
    }

    @Test
    void takesNullInPlaceOfTheInnermostValueThatDoesNotFit() throws Exception {
        assertThat(valueOf("INT", "{'S':'x'}", ValueMismatch.NULL)).isNull();
        assertThat(
                        valueOf(
                                "ROW<a INT, b ARRAY<INT>>",
                                "{'M':{'a':{'N':'1'},'b':{'L':[{'N':'1'},{'M':{'x':{'N':'2'}}}]}}}",
                                ValueMismatch.NULL))
                .isEqualTo("+I[1, [1, null]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'NULL':true}", "{'S':'x'}"})
    void failsWhereNullMustNotBe(String value) {
        assertThatThrownBy(() -> valueOf("INT NOT NULL", value, ValueMismatch.NULL))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("column 'c' is INT NOT NULL, but the item has");
    }

    @Test
    void failsWhereAnAttributeThatMustBeIsMissing() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        decoder(
                                                StreamViewType.NEW_AND_OLD_IMAGES,
                                                ValueMismatch.FAIL,
                                                List.of(),
                                                "ROW<missing INT NOT NULL>"),
                                        BOTH.formatted("INSERT")))
                .hasMessageContaining(
                        "column 'missing' is INT NOT NULL, but the item has no value for it;"
                                + " declare it without NOT NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NEW_AND_OLD_IMAGES | INSERT | +I[1, new, null]",
                "NEW_AND_OLD_IMAGES | MODIFY | -U[1, old, null] +U[1, new, null]",
                "NEW_AND_OLD_IMAGES | REMOVE | -D[1, old, null]",
                "NEW_IMAGE | INSERT | +I[1, new, null]",
                "NEW_IMAGE | MODIFY | +U[1, new, null]",
                "NEW_IMAGE | REMOVE | -D[1, null, null]",
            })
    void makesTheRowsOfEachEvent(StreamViewType view, String event, String expected)
            throws Exception {
        ChangeRowDecoder decoder =
                decoder(
                        view,
                        ValueMismatch.FAIL,
                        List.of("id"),
                        "ROW<id BIGINT NOT NULL, name STRING, more STRING>");

        assertThat(String.join(" ", rows(decoder, BOTH.formatted(event)))).isEqualTo(expected);
    }

    @Test
    void readsRecordsThatNameTheEventLast() throws Exception {
        ChangeRowDecoder decoder =
                decoder(
                        StreamViewType.NEW_AND_OLD_IMAGES,
                        ValueMismatch.FAIL,
                        List.of(),
                        "ROW<id INT>");

        assertThat(
                        rows(
                                decoder,
                                "{\"dynamodb\":{\"NewImage\":{\"id\":{\"N\":\"5\"}},\"Keys\":{\"id\":{\"N\":\"5\"}}},\"userIdentity\":null,\"eventName\":\"INSERT\"}"))
                .containsExactly("+I[5]");
    }

    @ParameterizedTest
    @CsvSource({"MODIFY, OldImage, view-type' = 'NEW_IMAGE'", "REMOVE, OldImage, NEW_IMAGE"})
    void saysThatTheStreamHoldsTooLittle(String event, String image, String wayOut) {
        ChangeRowDecoder decoder =
                decoder(
                        StreamViewType.NEW_AND_OLD_IMAGES,
                        ValueMismatch.FAIL,
                        List.of(),
                        "ROW<id INT>");
        String record = BOTH.formatted(event).replace("OldImage", "NoImage");

        assertThatThrownBy(() -> rows(decoder, record))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("the record has no " + image)
                .hasMessageContaining(wayOut);
    }

    @Test
    void saysThatTheDeclaredKeyIsNotThatOfTheItems() {
        for (List<String> key : List.of(List.of("name"), List.of("id", "name"))) {
            ChangeRowDecoder decoder =
                    decoder(
                            StreamViewType.NEW_IMAGE,
                            ValueMismatch.FAIL,
                            key,
                            "ROW<id INT, name STRING>");

            assertThatThrownBy(() -> rows(decoder, BOTH.formatted("INSERT")))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining(
                            "PRIMARY KEY is "
                                    + key
                                    + ", but the key attributes of the items are [id]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"eventName\":\"TRUNCATE\"}",
                "{\"eventName\":\"INSERT\",\"dynamodb\":{\"NewImage\":{\"id\":7}}}",
                "{\"eventName\":\"INSERT\",\"dynamodb\":{\"NewImage\":{\"id\":{}}}}",
                "{\"eventName\":\"INSERT\",\"dynamodb\":{\"NewImage\":{\"id\":{\"N\":\"7\",\"S\":\"\"}}}}",
                "{\"eventName\":\"INS",
            })
    void refusesWhatIsNoRecordOfAStream(String record) {
        ChangeRowDecoder decoder =
                decoder(
                        StreamViewType.NEW_AND_OLD_IMAGES,
                        ValueMismatch.NULL,
                        List.of(),
                        "ROW<id INT>");

        assertThatThrownBy(() -> rows(decoder, record))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("not (the JSON of DynamoDB|a record of a DynamoDB stream): .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MULTISET<STRING>",
                "INTERVAL DAY TO SECOND",
                "MAP<INT, STRING>",
                "ARRAY<MULTISET<INT>>",
                "ROW<a ROW<b MULTISET<INT>>>"
            })
    void refusesColumnsThatNoValueGoesInto(String type) {
        assertThatThrownBy(() -> AttributeConverters.requireSupported("c", parse(type)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("The column 'c")
                .hasMessageContaining("it may be STRING");
    }

    private String valueOf(String type, String value, ValueMismatch mismatch) throws Exception {
        ChangeRowDecoder decoder =
                decoder(
                        StreamViewType.NEW_AND_OLD_IMAGES,
                        mismatch,
                        List.of(),
                        "ROW<c " + type + ", behind INT>");
        String record =
                "{'eventName':'INSERT','dynamodb':{'NewImage':{'c':%s,'behind':{'N':'7'}}}}"
                        .formatted(value);
        List<Row> rows = decoded(decoder, record.replace('\'', '"'));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).getField(1)).isEqualTo(7);
        Row column = Row.of(rows.get(0).getField(0));
        return column.getField(0) == null
                ? null
                : column.toString().substring(3, column.toString().length() - 1);
    }

    private ChangeRowDecoder decoder(
            StreamViewType view, ValueMismatch mismatch, List<String> key, String type) {
        ChangeRowDecoder decoder =
                new ChangeRowDecoder(view, mismatch, key, (RowType) parse(type), null);
        decoder.open(new Context(mismatched));
        return decoder;
    }

    private static List<String> rows(ChangeRowDecoder decoder, String record) throws Exception {
        return decoded(decoder, record).stream().map(Row::toString).toList();
    }

    private static List<Row> decoded(ChangeRowDecoder decoder, String record) throws Exception {
        List<Row> rows = new ArrayList<>();
        DataStructureConverter<Object, Object> converter =
                DataStructureConverters.getConverter(
                        TypeConversions.fromLogicalToDataType(decoder.rowType()));
        converter.open(ChangeRowDecoderTest.class.getClassLoader());
        decoder.deserialize(
                record.getBytes(StandardCharsets.UTF_8),
                new Collector<RowData>() {
                    @Override
                    public void collect(RowData row) {
                        rows.add((Row) converter.toExternal(row));
                    }

                    @Override
                    public void close() {}
                });
        return rows;
    }

    private static LogicalType parse(String type) {
        return LogicalTypeParser.parse(type, ChangeRowDecoderTest.class.getClassLoader());
    }

    /** What a decoder is opened with. */
    private record Context(Counter counter) implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup() {
                @Override
                public Counter counter(String name) {
                    assertThat(name).isEqualTo("mismatchedValues");
                    return counter;
                }
            };
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }
}
