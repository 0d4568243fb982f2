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
    private final int stream;
    private final int streams;

    /**
     * The rows of one of the streams that the lines of the file go to in turn.
     *
     * @param stream which one, from 0
     * @param streams how many there are
     */
    EventRows(String run, RowType type, int stream, int streams) {
        this.run = run;
        this.type = type;
        this.stream = stream;
        this.streams = streams;
    }

    @Override
    public void flatMap(Long index, Collector<RowData> out) {
        Event event = Running.of(run).event(index);
        if (event.values() == null || index % streams != stream) {
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
