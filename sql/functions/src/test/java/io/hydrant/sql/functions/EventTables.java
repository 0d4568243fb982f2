package io.hydrant.sql.functions;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Tables of given rows, whose first column {@code rt} is their time. After every row stands a
 * watermark, as far behind as the rows may be in disorder.
 */
final class EventTables {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 27);

    private final StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    private final StreamTableEnvironment tables = StreamTableEnvironment.create(environment);

    EventTables() {
        tables.executeSql("LOAD MODULE hydrant");
    }

    StreamTableEnvironment environment() {
        return tables;
    }

    /** A time of the day of all tests, as {@code 11:00:20} or {@code 11:00:20.5}. */
    static LocalDateTime at(String time) {
        return DAY.atTime(LocalTime.parse(time));
    }

    /** A table of rows in their order, none of which is late. */
    void give(String name, String[] columns, TypeInformation<?>[] types, Row... rows) {
        give(name, columns, types, Duration.ZERO, rows);
    }

    /**
     * A table of rows in an order that is drawn by a seed, none of which is late; 0 is their own
     * order.
     */
    void giveShuffled(
            int seed, String name, String[] columns, TypeInformation<?>[] types, Row... rows) {
        List<Row> order = new ArrayList<>(Arrays.asList(rows));
        if (seed != 0) {
            Collections.shuffle(order, new Random(seed));
        }
        give(name, columns, types, Duration.ofDays(1), order.toArray(Row[]::new));
    }

    /** A table of rows whose watermark keeps so far behind. */
    void give(
            String name,
            String[] columns,
            TypeInformation<?>[] types,
            Duration behind,
            Row... rows) {
        tables.createTemporaryView(
                name, stream(columns, types, behind, rows), schema(columns, types));
    }

    private DataStream<Row> stream(
            String[] columns, TypeInformation<?>[] types, Duration behind, Row... rows) {
        String[] names = new String[columns.length + 1];
        TypeInformation<?>[] all = new TypeInformation<?>[names.length];
        names[0] = "rt";
        all[0] = Types.LOCAL_DATE_TIME;
        System.arraycopy(columns, 0, names, 1, columns.length);
        System.arraycopy(types, 0, all, 1, types.length);
        return environment
                .fromData(Arrays.asList(rows), Types.ROW_NAMED(names, all))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Row>forGenerator(context -> new AfterEveryRow(behind))
                                .withTimestampAssigner((row, any) -> milliseconds(row)));
    }

    private static Schema schema(String[] columns, TypeInformation<?>[] types) {
        Schema.Builder schema = Schema.newBuilder().column("rt", "TIMESTAMP(3)");
        for (int i = 0; i < columns.length; i++) {
            schema.column(columns[i], type(types[i]));
        }
        return schema.watermark("rt", "SOURCE_WATERMARK()").build();
    }

    private static String type(TypeInformation<?> type) {
        if (type.equals(Types.LOCAL_DATE_TIME)) {
            return "TIMESTAMP(3)";
        }
        return type.equals(Types.STRING)
                ? "STRING"
                : type.equals(Types.INT)
                        ? "INT"
                        : type.equals(Types.LONG)
                                ? "BIGINT"
                                : type.equals(Types.BOOLEAN) ? "BOOLEAN" : "DOUBLE";
    }

    private static long milliseconds(Row row) {
        return row.<LocalDateTime>getFieldAs(0).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** The rows of a query, in their order. */
    List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString().replace(DAY + "T", "")));
        }
        return rows;
    }

    /** Emits a watermark behind every row. */
    private static final class AfterEveryRow implements WatermarkGenerator<Row> {

        private final long behind;
        private long newest = Long.MIN_VALUE;

        AfterEveryRow(Duration behind) {
            this.behind = behind.toMillis();
        }

        @Override
        public void onEvent(Row row, long time, WatermarkOutput output) {
            newest = Math.max(newest, time);
            output.emitWatermark(new Watermark(newest - behind - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Every row has emitted one.
        }
    }
}
