package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;

/** Rows of a key that wait until the watermark says that none with an earlier time can come. */
final class WaitingRows {

    private final MapState<Long, List<RowData>> rows;

    WaitingRows(RuntimeContext context, RowType type) {
        rows =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "waiting",
                                Types.LONG,
                                new ListTypeInfo<>(InternalTypeInfo.of(type))));
    }

    void add(long time, RowData row, TimerService timers) throws Exception {
        List<RowData> same = rows.get(time);
        if (same == null) {
            same = new ArrayList<>();
            timers.registerEventTimeTimer(time);
        }
        same.add(row);
        rows.put(time, same);
    }

    /** Takes the rows of a time, in the order in which they came; null if there are none. */
    List<RowData> take(long time) throws Exception {
        List<RowData> same = rows.get(time);
        if (same != null) {
            rows.remove(time);
        }
        return same;
    }
}
