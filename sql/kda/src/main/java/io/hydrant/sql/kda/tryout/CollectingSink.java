package io.hydrant.sql.kda.tryout;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** Hands the rows of one flow to the run that waits for them. */
final class CollectingSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final String run;
    private final int flow;
    private final RowJson json;

    CollectingSink(String run, int flow, RowJson json) {
        this.run = run;
        this.flow = flow;
        this.json = json;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(RowData row, Context ignored) {
                Running.of(run).rows().add(new OutputRow(json.time(row), flow, json.line(row)));
            }

            @Override
            public void flush(boolean endOfInput) {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
