package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds to each row the results of functions over it and rows before it.
 *
 * <p>Rows wait until the watermark says that none with an earlier time can come. Then each sees
 * those before it, also such of the same time that came before it: a row is there as soon as it
 * arrives. Source: SQL reference, "Windowed Aggregation on Streams", whose first rows have the same
 * time and different results.
 *
 * <p>State: the rows that the longest window reaches back to, by their number. What the functions
 * make of them is kept in memory for the keys that were used last, and made anew from the rows for
 * others.
 */
final class SlidingOperator extends KeyedProcessFunction<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType input;
    private final RowGetters fields;
    private final int rowtime;
    private final ArrayList<SlidingFunction> functions;

    private transient WaitingRows waiting;
    private transient MapState<Long, RowData> rows;
    private transient ValueState<Long> cleanup;
    private transient RecentWindows recent;

    SlidingOperator(RowType input, int rowtime, List<SlidingFunction> functions) {
        this.input = input;
        this.fields = new RowGetters(input);
        this.rowtime = rowtime;
        this.functions = new ArrayList<>(functions);
    }

    @Override
    public void open(OpenContext context) {
        waiting = new WaitingRows(getRuntimeContext(), input);
        rows =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "rows", Types.LONG, InternalTypeInfo.of(input)));
        cleanup = getRuntimeContext().getState(new ValueStateDescriptor<>("cleanup", Types.LONG));
        recent = new RecentWindows();
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
            throws Exception {
        waiting.add(RowGetters.time(row, rowtime), row, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RowData> out)
            throws Exception {
        RowData key = context.getCurrentKey();
        SlidingWindows windows = recent.get(key);
        if (windows == null) {
            windows = fromState();
            Long due = cleanup.value();
            windows.cleanUpAt(due == null ? SlidingWindows.NEVER : due);
        }
        List<RowData> arrived = waiting.take(time);
        if (arrived != null) {
            for (RowData row : arrived) {
                rows.put(windows.next(), row);
                windows.add(row);
                out.collect(widened(row, windows));
                for (long gone = windows.forget(); gone >= 0; gone = windows.forget()) {
                    rows.remove(gone);
                }
            }
        }
        if (windows.cleanUpAt() <= time) {
            for (long gone = windows.forget(time); gone >= 0; gone = windows.forget(time)) {
                rows.remove(gone);
            }
            windows.cleanUpAt(SlidingWindows.NEVER);
        }
        if (windows.size() == 0) {
            recent.remove(key);
            cleanup.clear();
            return;
        }
        recent.put(key, windows);
        if (windows.cleanUpAt() == SlidingWindows.NEVER && windows.over() >= 0) {
            // Without it the rows of a key that never comes again would stay.
            long due = windows.over();
            windows.cleanUpAt(due);
            cleanup.update(due);
            context.timerService().registerEventTimeTimer(due);
        }
    }

    private GenericRowData widened(RowData row, SlidingWindows windows) {
        GenericRowData widened = fields.widened(row, functions.size());
        for (int i = 0; i < functions.size(); i++) {
            widened.setField(fields.count() + i, windows.value(i));
        }
        return widened;
    }

    private SlidingWindows fromState() throws Exception {
        TreeMap<Long, RowData> ordered = new TreeMap<>();
        for (Map.Entry<Long, RowData> row : rows.entries()) {
            ordered.put(row.getKey(), row.getValue());
        }
        SlidingWindows windows =
                new SlidingWindows(functions, rowtime, ordered.isEmpty() ? 0 : ordered.firstKey());
        ordered.values().forEach(windows::add);
        return windows;
    }
}
