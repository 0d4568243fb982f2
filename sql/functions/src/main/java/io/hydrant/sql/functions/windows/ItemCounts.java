package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.typing.Literals;

import org.apache.flink.metrics.Counter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.types.Row;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What the functions share that count the items of a column in tumbling windows.
 *
 * <p>State: the items of every open window, as many as there are places, in a map that is read and
 * written an entry at a time, and what is known of the window beside them.
 */
abstract class ItemCounts extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final int LONGEST_WINDOW_SECONDS = 3600;

    private transient Counter dropped;

    @Override
    public void open(FunctionContext context) {
        dropped = context.getMetricGroup().counter("numLateRecordsDropped");
    }

    /** The end of the window that the row belongs to; null if it is over. */
    final Long window(Context context, int seconds) throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long size = seconds * 1000L;
        long end = Math.floorDiv(clock.time(), size) * size + size;
        Long watermark = clock.currentWatermark();
        if (watermark != null && end <= watermark) {
            dropped.inc();
            return null;
        }
        // A window of nothing but nulls has a result, too.
        clock.registerOnTime(end);
        return end;
    }

    /** Where the column stands that the literal names. */
    static int column(Literals literals, CallContext call) {
        String name = literals.text(1, "columnName");
        InputTable table = InputTable.of(call);
        int column = table.column(name);
        if (column < 0) {
            throw literals.wrong(
                    "The argument columnName is '%s', but the table has no such column: it has %s.",
                    name, table.names());
        }
        return column;
    }

    static void checkWindow(Literals literals, int position) {
        literals.integer(position, "windowSize (seconds)", 1, LONGEST_WINDOW_SECONDS, 0);
    }

    @SuppressWarnings("NonApiType") // what Flink asks for
    static LinkedHashMap<String, StateTypeStrategy> state(String function, DataTypes.Field beside) {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        state.put(
                "counts",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        MapView.newMapViewDataType(
                                                DataTypes.ROW(
                                                        DataTypes.FIELD("end", DataTypes.BIGINT()),
                                                        DataTypes.FIELD(
                                                                "item",
                                                                InputTable.of(call)
                                                                        .type(
                                                                                column(
                                                                                        Literals.of(
                                                                                                call,
                                                                                                function),
                                                                                        call)))),
                                                DataTypes.BIGINT()))));
        state.put(
                "windows",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        MapView.newMapViewDataType(
                                                DataTypes.BIGINT(),
                                                DataTypes.ROW(
                                                        DataTypes.FIELD(
                                                                "different", DataTypes.INT()),
                                                        beside)))));
        return state;
    }
}
