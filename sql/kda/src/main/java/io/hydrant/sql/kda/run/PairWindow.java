package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

import java.util.function.Consumer;

/** The rows of one side of a join that rows of the other side are paired with. */
final class PairWindow {

    private static final int ROWTIME = 0;

    private final Frame frame;

    /** Rows by their number; those from the first to before the next are there. */
    private final MapState<Long, RowData> rows;

    private final ValueState<Long> first;
    private final ValueState<Long> next;

    PairWindow(RuntimeContext context, String side, RowType type, Frame frame) {
        this.frame = frame;
        rows =
                context.getMapState(
                        new MapStateDescriptor<>(side, Types.LONG, InternalTypeInfo.of(type)));
        first = context.getState(new ValueStateDescriptor<>(side + "First", Types.LONG));
        next = context.getState(new ValueStateDescriptor<>(side + "Next", Types.LONG));
    }

    void add(RowData row) throws Exception {
        if (frame.rows() == 0) {
            return;
        }
        long number = number(next);
        rows.put(number, row);
        next.update(number + 1);
        if (frame.rows() > 0 && number + 1 - number(first) > frame.rows()) {
            forgetFirst();
        }
    }

    /** Forgets what a window of time has no more; its end belongs to it. */
    void forget(long now) throws Exception {
        while (frame.millis() >= 0 && number(first) < number(next)) {
            if (RowGetters.time(rows.get(number(first)), ROWTIME) >= now - frame.millis()) {
                return;
            }
            forgetFirst();
        }
    }

    private void forgetFirst() throws Exception {
        long number = number(first);
        rows.remove(number);
        first.update(number + 1);
    }

    void forEach(Consumer<RowData> consumer) throws Exception {
        long end = number(next);
        for (long number = number(first); number < end; number++) {
            consumer.accept(rows.get(number));
        }
    }

    private static long number(ValueState<Long> state) throws Exception {
        Long number = state.value();
        return number == null ? 0 : number;
    }
}
