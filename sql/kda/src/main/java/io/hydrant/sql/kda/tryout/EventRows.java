package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.run.Values;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

/** The rows among the events: ROWTIME and the stream's columns. */
final class EventRows implements FlatMapFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private final String run;
    private final RowType type;

    EventRows(String run, RowType type) {
        this.run = run;
        this.type = type;
    }

    @Override
    public void flatMap(Long index, Collector<RowData> out) {
        Event event = Running.of(run).event(index);
        if (event.values() == null) {
            return;
        }
        GenericRowData row = new GenericRowData(type.getFieldCount());
        row.setField(0, TimestampData.fromEpochMillis(event.time()));
        for (int i = 1; i < type.getFieldCount(); i++) {
            row.setField(i, Values.internal(event.values()[i - 1], type.getTypeAt(i)));
        }
        out.collect(row);
    }
}
