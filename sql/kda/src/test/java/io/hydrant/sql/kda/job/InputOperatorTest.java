package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.sql.kda.application.ColumnType;
import io.hydrant.sql.kda.application.RecordColumn;
import io.hydrant.sql.kda.application.RecordFormat;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Records through both operators and the serializer between them. */
class InputOperatorTest {

    private static final RecordSchema SCHEMA =
            new RecordSchema(
                    List.of(
                            new RecordColumn("a", "$.a", ColumnType.parse("INTEGER")),
                            new RecordColumn("b", "$.b", ColumnType.parse("VARCHAR(8)"))),
                    new RecordFormat.Json("$"));
    private static final List<Column> COLUMNS = Values.columns(SCHEMA);
    private static final List<Column> SYSTEM = Values.systemColumns(COLUMNS);
    private static final RowType TYPE = type();

    @Test
    void givesRowsTheTimeOfTheirArrivalAndThoseThatComeTooLateTheNextThereIs() throws Exception {
        try (Input input = new Input(all(), 1)) {
            input.take(100, "shardId-000000000000", "{\"a\":1,\"b\":\"x\"}");
            input.time(200);
            input.take(150, "shardId-000000000001", "{\"a\":2}");

            assertThat(input.rows())
                    .containsExactly(
                            "100: 1, x, 100, key, 7, shardId-000000000000",
                            "201: 2, null, 150, key, 7, shardId-000000000001");
        }
    }

    @Test
    void leavesOutWhatNobodyReads() throws Exception {
        boolean[] read = new boolean[all().length];
        read[1] = true;
        try (Input input = new Input(read, 1)) {
            input.take(100, "shardId-000000000000", "{\"a\":1,\"b\":\"x\"}");

            assertThat(input.rows()).containsExactly("100: 1, null, null, null, null, null");
        }
    }

    @Test
    void sendsNoFieldsThatNobodyReads() {
        boolean[] read = new boolean[all().length];
        read[2] = true;

        assertThat(new DecodedRows(TYPE, read).type().getFieldNames())
                .containsExactly("ROWTIME", "b", "$PLACE", "$WHY");
    }

    @Test
    void writesWhatDoesNotFitTheSchemaThoughNobodyReadsIt() throws Exception {
        try (Input input = new Input(new boolean[all().length], 1)) {
            input.take(100, "shardId-000000000000", "{\"a\":\"many\"}");
            input.take(101, "shardId-000000000000", "{\"a\":1}");

            assertThat(input.errors()).hasSize(1);
            assertThat(input.rows()).containsExactly("101: null, null, null, null, null, null");
        }
    }

    @Test
    void sharesShardsAmongStreamsByTheirNumbers() throws Exception {
        try (Input input = new Input(all(), 3)) {
            for (int shard = 0; shard < 6; shard++) {
                input.take(100 + shard, "shardId-00000000000" + shard, "{\"a\":" + shard + "}");
            }

            assertThat(input.rows()).extracting(row -> row.substring(5, 6)).contains("0", "3");
            assertThat(input.others(1)).isEqualTo(2);
            assertThat(input.others(2)).isEqualTo(2);
        }
    }

    @Test
    void writesWhatDoesNotFitTheSchemaIntoTheErrorStreamWithTheTimeOfItsTurn() throws Exception {
        try (Input input = new Input(all(), 1)) {
            input.time(200);
            input.take(150, "shardId-000000000000", "{\"a\":\"many\"}");

            assertThat(input.rows()).isEmpty();
            assertThat(input.errors())
                    .singleElement()
                    .satisfies(
                            error -> {
                                assertThat(error.getTimestamp(0, 3).getMillisecond())
                                        .isEqualTo(201);
                                assertThat(error.getString(3)).hasToString("COERCION_ERROR");
                                assertThat(error.getString(4).toString()).contains("a", "many");
                                assertThat(error.getString(6))
                                        .hasToString("7b2261223a226d616e79227d");
                            });
        }
    }

    private static boolean[] all() {
        boolean[] read = new boolean[1 + COLUMNS.size() + SYSTEM.size()];
        Arrays.fill(read, true);
        return read;
    }

    private static RowType type() {
        List<Column> all = new ArrayList<>();
        all.add(new Column(Column.ROWTIME, new TimestampType(3)));
        all.addAll(COLUMNS);
        all.addAll(SYSTEM);
        return RowType.of(
                all.stream().map(Column::type).toArray(LogicalType[]::new),
                all.stream().map(Column::name).toArray(String[]::new));
    }

    private static final class Input implements AutoCloseable {

        private final OneInputStreamOperatorTestHarness<Envelope, RowData> decode;
        private final OneInputStreamOperatorTestHarness<RowData, RowData> input;
        private final RowDataSerializer between;
        private final RowDataSerializer behind = InternalTypeInfo.of(TYPE).toRowSerializer();

        Input(boolean[] isRead, int streams) throws Exception {
            DecodedRows rows = new DecodedRows(TYPE, isRead);
            between = InternalTypeInfo.of(rows.type()).toRowSerializer();
            decode =
                    new OneInputStreamOperatorTestHarness<>(
                            new DecodeOperator(SCHEMA, rows, SYSTEM, streams * 100),
                            EnvelopeSerializer.INSTANCE);
            List<OutputTag<RowData>> others = new ArrayList<>();
            for (int i = 1; i < streams; i++) {
                others.add(tag(i));
            }
            input =
                    new OneInputStreamOperatorTestHarness<>(
                            new InputOperator(rows, others, 1_000, 1_000), between);
            decode.setup(between);
            input.setup(behind);
            decode.open();
            input.open();
        }

        private static OutputTag<RowData> tag(int stream) {
            return new OutputTag<>("stream" + stream, InternalTypeInfo.of(TYPE));
        }

        void take(long arrival, String shard, String json) throws Exception {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            decode.processElement(
                    new StreamRecord<>(
                            new Envelope(
                                    "arn", shard, "7", 0, "key", arrival, bytes, 0, bytes.length),
                            arrival));
            for (RowData row : decode.extractOutputValues()) {
                input.processElement(new StreamRecord<>(between.toBinaryRow(row).copy(), arrival));
            }
            decode.getOutput().clear();
        }

        void time(long watermark) throws Exception {
            input.processWatermark(new Watermark(watermark));
        }

        List<String> rows() {
            return input.extractOutputValues().stream().map(this::text).toList();
        }

        int others(int stream) {
            return input.getSideOutput(tag(stream)).size();
        }

        List<RowData> errors() {
            return input.getSideOutput(InputOperator.errorTag()).stream()
                    .map(StreamRecord::getValue)
                    .toList();
        }

        private String text(RowData row) {
            RowData copy = behind.toBinaryRow(row).copy();
            List<String> fields = new ArrayList<>();
            for (int i = 1; i < copy.getArity(); i++) {
                LogicalType type = TYPE.getTypeAt(i);
                Object value = RowData.createFieldGetter(type, i).getFieldOrNull(copy);
                fields.add(
                        value instanceof TimestampData time
                                ? String.valueOf(time.getMillisecond())
                                : String.valueOf(value));
            }
            return copy.getTimestamp(0, 3).getMillisecond() + ": " + String.join(", ", fields);
        }

        @Override
        public void close() throws Exception {
            decode.close();
            input.close();
        }
    }
}
