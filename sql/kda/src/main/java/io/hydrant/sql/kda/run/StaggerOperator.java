package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.List;

/**
 * Moves each row to the last millisecond of the stagger window that it belongs to.
 *
 * <p>A window opens with the first row of its key and closes when its length has passed; the next
 * row of the key opens another. Source: developer guide, "Stagger Windows".
 *
 * <p>State, per key: the end of the open window, and rows that an earlier one may still overtake.
 */
final class StaggerOperator extends KeyedProcessFunction<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType input;
    private final RowGetters fields;
    private final int rowtime;
    private final long millis;

    private transient WaitingRows waiting;
    private transient ValueState<Long> end;

    StaggerOperator(RowType input, int rowtime, long millis) {
        this.input = input;
        this.fields = new RowGetters(input);
        this.rowtime = rowtime;
        this.millis = millis;
    }

    @Override
    public void open(OpenContext context) {
        waiting = new WaitingRows(getRuntimeContext(), input);
        end = getRuntimeContext().getState(new ValueStateDescriptor<>("end", Types.LONG));
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
            throws Exception {
        waiting.add(RowGetters.time(row, rowtime), row, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RowData> out)
            throws Exception {
        List<RowData> rows = waiting.take(time);
        Long open = end.value();
        if (rows != null) {
            if (open == null || time >= open) {
                open = time + millis;
                end.update(open);
                context.timerService().registerEventTimeTimer(open);
            }
            TimestampData last = TimestampData.fromEpochMillis(open - 1);
            for (RowData row : rows) {
                out.collect(fields.with(row, rowtime, last));
            }
        } else if (open != null && time >= open) {
            end.clear();
        }
    }
}
