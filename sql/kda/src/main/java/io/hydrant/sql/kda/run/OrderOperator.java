package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lets rows pass whose time, which the application computed, does not go back, or not by more than
 * the query allows; the others go to the error stream. Source: developer guide, "Error Handling",
 * and SQL reference, "T-sorting Stream Input", where rows without a time are left out.
 */
final class OrderOperator extends ProcessFunction<RowData, RowData>
        implements CheckpointedFunction {

    static final OutputTag<RowData> ERRORS =
            new OutputTag<>("errors", InternalTypeInfo.of(Errors.TYPE));

    private static final long serialVersionUID = 1L;

    private final RowGetters fields;
    private final int rowtime;
    private final long within;
    private final String pump;

    private transient ListState<Long> state;
    private long latest = Long.MIN_VALUE;

    OrderOperator(RowType type, int rowtime, long within, String pump) {
        this.fields = new RowGetters(type);
        this.rowtime = rowtime;
        this.within = within;
        this.pump = pump;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("latest", Types.LONG));
        for (Long time : state.get()) {
            latest = Math.max(latest, time);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(latest));
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out) {
        if (row.isNullAt(rowtime)) {
            if (within > 0) {
                return;
            }
            refuse(row, context, "ROWTIME is NULL", latest);
            return;
        }
        long time = RowGetters.time(row, rowtime);
        if (latest != Long.MIN_VALUE && time < latest - within) {
            refuse(
                    row,
                    context,
                    "ROWTIME goes back from "
                            + TimestampData.fromEpochMillis(latest)
                            + " to "
                            + TimestampData.fromEpochMillis(time),
                    time);
            return;
        }
        latest = Math.max(latest, time);
        out.collect(row);
    }

    private void refuse(RowData row, Context context, String message, long time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.count(); i++) {
            if (i != rowtime) {
                Object value = fields.value(row, i);
                text.append(text.isEmpty() ? "" : ",").append(value == null ? "" : value);
            }
        }
        long given = time == Long.MIN_VALUE ? 0 : time;
        long now = Math.max(given, context.timerService().currentWatermark() + 1);
        context.output(
                ERRORS,
                Errors.row(
                        TimestampData.fromEpochMillis(now),
                        TimestampData.fromEpochMillis(given),
                        "OUT_OF_ORDER_ROW_ERROR",
                        message,
                        text.toString().getBytes(StandardCharsets.UTF_8),
                        pump));
    }
}
