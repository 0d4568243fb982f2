package io.hydrant.sql.functions.windows;

import org.apache.flink.metrics.Counter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.Row;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code STAGGER(input => TABLE t PARTITION BY k, on_time => DESCRIPTOR(ts), size => INTERVAL '1'
 * MINUTE)}: windows of which each key has its own, that open with a key's first row and close a
 * fixed time later. A row comes out when its window closes, in the order of time, with {@code
 * window_start} and {@code window_end}; its {@code rowtime} is the window's end. So a tumbling
 * window of one millisecond over that rowtime, by the keys, aggregates each window once and for
 * all.
 *
 * <p>The result depends on the times of the rows and not on the order in which they come, as long
 * as none comes after its window has closed; such a row is left out and counted as {@code
 * numLateRecordsDropped}.
 *
 * <p>State: the rows of open windows.
 *
 * <p>Source: developer guide of Kinesis Data Analytics, "Stagger Windows".
 */
public final class Stagger extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final String CLOSE = "close";

    private transient Counter dropped;

    @Override
    public void open(FunctionContext context) {
        dropped = context.getMetricGroup().counter("numLateRecordsDropped");
    }

    /** Keeps a row until its window closes. */
    public void eval(Context context, Row bounds, ListView<Row> rows, Row input, Duration size)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long time = clock.time();
        Long start = bounds.getFieldAs(0);
        Long closedUntil = bounds.getFieldAs(1);
        Long watermark = clock.currentWatermark();
        boolean late =
                (closedUntil != null && time < closedUntil)
                        || (watermark != null && time + size.toMillis() <= watermark);
        if (late) {
            dropped.inc();
            return;
        }
        rows.add(Row.of(time, input));
        if (start == null || time < start) {
            open(bounds, clock, time, size.toMillis());
        }
    }

    /** Closes the window. */
    public void onTimer(OnTimerContext context, Row bounds, ListView<Row> rows) throws Exception {
        long size = bounds.getFieldAs(2);
        long start = bounds.getFieldAs(0);
        long end = start + size;
        List<Row> closed = new ArrayList<>();
        List<Row> open = new ArrayList<>();
        for (Row row : rows.get()) {
            (row.<Long>getFieldAs(0) < end ? closed : open).add(row);
        }
        closed.sort(Comparator.comparing(row -> row.<Long>getFieldAs(0)));
        InputTable table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
        for (Row row : closed) {
            collect(result(table, row.getFieldAs(1), start, end));
        }
        rows.setList(open);
        bounds.setField(0, null);
        bounds.setField(1, end);
        open.stream()
                .map(row -> row.<Long>getFieldAs(0))
                .min(Comparator.naturalOrder())
                .ifPresent(first -> open(bounds, context.timeContext(Long.class), first, size));
    }

    private static void open(Row bounds, TimeContext<Long> clock, long start, long size) {
        bounds.setField(0, start);
        bounds.setField(2, size);
        clock.registerOnTime(CLOSE, start + size);
    }

    private static Row result(InputTable table, Row input, long start, long end) {
        int[] columns = table.besidesKeys();
        Row result = new Row(columns.length + 2);
        for (int i = 0; i < columns.length; i++) {
            result.setField(i, input.getField(columns[i]));
        }
        boolean zoned =
                table.windowTime()
                        .getLogicalType()
                        .is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
        result.setField(columns.length, time(start, zoned));
        result.setField(columns.length + 1, time(end, zoned));
        return result;
    }

    private static Object time(long milliseconds, boolean zoned) {
        Instant instant = Instant.ofEpochMilli(milliseconds);
        return zoned ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        state.put(
                "bounds",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        DataTypes.ROW(
                                                DataTypes.FIELD("start", DataTypes.BIGINT()),
                                                DataTypes.FIELD("closedUntil", DataTypes.BIGINT()),
                                                DataTypes.FIELD("size", DataTypes.BIGINT())))));
        state.put("rows", StateTypeStrategy.of(Stagger::rows));
        return TypeInference.newBuilder()
                .staticArguments(
                        InputTable.argumentWithTime(),
                        StaticArgument.scalar(
                                "size", DataTypes.INTERVAL(DataTypes.SECOND(3)).notNull(), false))
                .stateTypeStrategies(state)
                .outputTypeStrategy(Stagger::output)
                .build();
    }

    private static Optional<DataType> rows(CallContext call) {
        return Optional.of(
                ListView.newListViewDataType(
                        DataTypes.ROW(
                                DataTypes.FIELD("time", DataTypes.BIGINT()),
                                DataTypes.FIELD("row", InputTable.of(call).rowType()))));
    }

    private static Optional<DataType> output(CallContext call) {
        InputTable table = InputTable.of(call);
        Duration size = call.getArgumentValue(1, Duration.class).orElse(Duration.ofMillis(1));
        if (size.isZero() || size.isNegative()) {
            throw call.newValidationError(
                    "The size of STAGGER must be longer than nothing, but is %s.", size);
        }
        List<DataTypes.Field> columns = table.columnsBesidesKeys();
        columns.add(DataTypes.FIELD("window_start", table.windowTime()));
        columns.add(DataTypes.FIELD("window_end", table.windowTime()));
        return Optional.of(DataTypes.ROW(columns.toArray(DataTypes.Field[]::new)));
    }
}
