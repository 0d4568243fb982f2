package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.List;
import java.util.Objects;

/**
 * Lets the rows of a group go when the next value of a column that never turns back shows that the
 * group is complete; they get the time of the row that has the value.
 *
 * <p>Source: SQL reference, "Monotonic Function", and "GROUP BY clause": a group can be given once
 * its monotonic expression has changed. The last group ends with the input.
 *
 * <p>State: the rows of the open group, and rows that an earlier one may still overtake.
 */
final class ChangeFunction extends KeyedProcessFunction<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    /** After all rows. */
    private static final long END = Long.MAX_VALUE;

    private final RowType input;
    private final RowGetters fields;
    private final int rowtime;
    private final int column;

    private transient WaitingRows waiting;
    private transient ListState<RowData> open;
    private transient ValueState<RowData> latest;
    private transient long clock;

    ChangeFunction(RowType input, int rowtime, int column) {
        this.input = input;
        this.fields = new RowGetters(input);
        this.rowtime = rowtime;
        this.column = column;
    }

    /** What the watermark says before the end. */
    void clock(long time) {
        clock = time;
    }

    @Override
    public void open(OpenContext context) {
        InternalTypeInfo<RowData> type = InternalTypeInfo.of(input);
        waiting = new WaitingRows(getRuntimeContext(), input);
        open = getRuntimeContext().getListState(new ListStateDescriptor<>("open", type));
        latest = getRuntimeContext().getState(new ValueStateDescriptor<>("latest", type));
        clock = Long.MIN_VALUE;
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
            throws Exception {
        waiting.add(RowGetters.time(row, rowtime), row, context.timerService());
        context.timerService().registerEventTimeTimer(END);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RowData> out)
            throws Exception {
        if (time == END) {
            letGo(Math.max(clock, RowGetters.time(latest.value(), rowtime)), out);
            return;
        }
        List<RowData> rows = waiting.take(time);
        RowData before = latest.value();
        for (RowData row : rows) {
            if (before != null
                    && !Objects.equals(fields.value(before, column), fields.value(row, column))) {
                letGo(time, out);
            }
            open.add(row);
            before = row;
        }
        latest.update(before);
    }

    private void letGo(long time, Collector<RowData> out) throws Exception {
        TimestampData end = TimestampData.fromEpochMillis(time);
        for (RowData row : open.get()) {
            out.collect(fields.with(row, rowtime, end));
        }
        open.clear();
    }
}
