package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.TimeWindow;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Gives rows their own time back, which come sorted by something else in batches, window of time by
 * window of time, each at the last millisecond of its window.
 *
 * <p>Time does not go back in a stream: a row that stands behind a later one of its batch gets the
 * time of that one. It stays in the window, so that whoever groups by the same window finds it
 * there.
 *
 * <p>No state: all rows of a batch come at once, between two checkpoints, and none is older than
 * the last of the batch before.
 */
final class SettleOperator extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final RowGetters fields;
    private final int rowtime;
    private final int own;
    private final TimeWindow window;

    private transient long latest;

    SettleOperator(RowType type, int rowtime, int own, TimeWindow window) {
        this.fields = new RowGetters(type);
        this.rowtime = rowtime;
        this.own = own;
        this.window = window;
    }

    @Override
    public void open() throws Exception {
        super.open();
        latest = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<RowData> element) {
        RowData row = element.getValue();
        latest = Math.max(latest, RowGetters.time(row, own));
        output.collect(
                new StreamRecord<>(
                        fields.with(row, rowtime, TimestampData.fromEpochMillis(latest)), latest));
    }

    /**
     * What is still to come belongs to the window that the clock is in, and may be as old as it.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        boolean bound =
                mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()
                        && mark.getTimestamp() != Long.MIN_VALUE;
        super.processWatermark(
                bound ? new Watermark(window.start(mark.getTimestamp() + 1) - 1) : mark);
    }
}
