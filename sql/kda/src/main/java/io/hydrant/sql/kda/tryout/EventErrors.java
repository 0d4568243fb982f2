package io.hydrant.sql.kda.tryout;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** The rows of the error stream among the events. */
final class EventErrors implements FlatMapFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private final String run;

    EventErrors(String run) {
        this.run = run;
    }

    @Override
    public void flatMap(Long index, Collector<RowData> out) {
        Event event = Running.of(run).event(index);
        if (event.error() != null) {
            out.collect(event.error());
        }
    }
}
