package io.hydrant.sql.kda.run;

import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.table.data.RowData;

/** Tells a {@link ChangeFunction} the time, which it needs when the input ends. */
final class ChangeOperator extends KeyedProcessOperator<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final ChangeFunction function;

    ChangeOperator(ChangeFunction function) {
        super(function);
        this.function = function;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
            function.clock(mark.getTimestamp() + 1);
        }
        super.processWatermark(mark);
    }
}
