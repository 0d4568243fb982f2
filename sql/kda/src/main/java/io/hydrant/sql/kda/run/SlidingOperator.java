package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds to each row the results of functions over it and rows before it.
 *
 * <p>Rows wait until the watermark says that none with an earlier time can come. Then each sees
 * those before it, also such of the same time that came before it: a row is there as soon as it
 * arrives. Source: SQL reference, "Windowed Aggregation on Streams", whose first rows have the same
 * time and different results.
 *
 * <p>State: the rows that the longest window reaches back to.
 */
final class SlidingOperator extends KeyedProcessFunction<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType input;
    private final int rowtime;
    private final List<SlidingFunction> functions;

    private transient RowData.FieldGetter[] getters;
    private transient MapState<Long, List<RowData>> waiting;
    private transient ListState<RowData> passed;

    SlidingOperator(RowType input, int rowtime, List<SlidingFunction> functions) {
        this.input = input;
        this.rowtime = rowtime;
        this.functions = new ArrayList<>(functions);
    }

    @Override
    public void open(OpenContext context) {
        getters = new RowData.FieldGetter[input.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(input.getTypeAt(i), i);
        }
        InternalTypeInfo<RowData> type = InternalTypeInfo.of(input);
        waiting =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "waiting", Types.LONG, new ListTypeInfo<>(type)));
        passed = getRuntimeContext().getListState(new ListStateDescriptor<>("passed", type));
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
            throws Exception {
        long time = time(row);
        List<RowData> same = waiting.get(time);
        if (same == null) {
            same = new ArrayList<>();
            context.timerService().registerEventTimeTimer(time);
        }
        same.add(row);
        waiting.put(time, same);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RowData> out)
            throws Exception {
        List<RowData> rows = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (RowData row : passed.get()) {
            rows.add(row);
            times.add(time(row));
        }
        for (RowData row : waiting.get(time)) {
            rows.add(row);
            times.add(time);
            GenericRowData widened = new GenericRowData(getters.length + functions.size());
            for (int i = 0; i < getters.length; i++) {
                widened.setField(i, getters[i].getFieldOrNull(row));
            }
            for (int i = 0; i < functions.size(); i++) {
                widened.setField(getters.length + i, functions.get(i).value(rows, times));
            }
            out.collect(widened);
        }
        waiting.remove(time);
        passed.update(rows.subList(firstNeeded(times, time), rows.size()));
    }

    private int firstNeeded(List<Long> times, long time) {
        int needed = times.size();
        for (SlidingFunction function : functions) {
            Frame frame = function.frame();
            int first = 0;
            if (frame.rows() >= 0) {
                first = (int) Math.max(0, times.size() - frame.rows());
            }
            if (frame.millis() >= 0) {
                while (first < times.size() && times.get(first) < time - frame.millis()) {
                    first++;
                }
            }
            needed = Math.min(needed, first);
        }
        return needed;
    }

    private long time(RowData row) {
        return row.getTimestamp(rowtime, 3).getMillisecond();
    }
}
