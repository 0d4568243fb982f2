package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.run.Errors;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.OutputTag;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/**
 * Gives decoded rows their time and hands them to the in-application streams that share them.
 *
 * <p>What does not fit the schema becomes a row of the error stream. Keeps no state: a row's time
 * follows from its arrival and from the watermark, which begins anew after a restart.
 *
 * <p>Sees the watermarks of all readers, so that a record which one of them hands in late is late
 * here already, and not only where windows would leave it out.
 */
final class InputOperator extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    /** How often time goes on by the clock. */
    private static final long TICK_MILLIS = 200;

    private final DecodedRows rows;
    private final ArrayList<OutputTag<RowData>> streams;
    private final OutputTag<RowData> errors = errorTag();
    private final long idleMillis;
    private final long backlogMillis;

    private transient RowClock clock;
    private transient Counter failed;
    private transient Counter moved;
    private transient long emitted;
    private transient boolean isOver;
    private transient ScheduledFuture<?> timer;

    /**
     * An operator.
     *
     * @param rows what it is given
     * @param streams the second in-application stream and those behind it
     */
    InputOperator(
            DecodedRows rows,
            List<OutputTag<RowData>> streams,
            long idleMillis,
            long backlogMillis) {
        this.rows = rows;
        this.streams = new ArrayList<>(streams);
        this.idleMillis = idleMillis;
        this.backlogMillis = backlogMillis;
    }

    static OutputTag<RowData> errorTag() {
        return new OutputTag<>("errors", InternalTypeInfo.of(Errors.TYPE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        clock = new RowClock(idleMillis, backlogMillis);
        emitted = Long.MIN_VALUE;
        failed = getMetricGroup().counter("errorRows");
        moved = getMetricGroup().counter("rowsWithLaterTime");
    }

    @Override
    public void processElement(StreamRecord<RowData> element) {
        RowData row = element.getValue();
        long arrival = DecodedRows.arrivalMillis(row);
        long time = clock.rowtime(arrival);
        if (time != arrival) {
            moved.inc();
        }
        TimestampData rowtime = TimestampData.fromEpochMillis(time);
        DecodingError error = rows.error(row);
        if (error != null) {
            failed.inc();
            output.collect(
                    errors,
                    new StreamRecord<>(
                            Errors.row(
                                    rowtime, error.name(), error.message(), rows.record(row), null),
                            time));
            return;
        }
        StreamRecord<RowData> out = new StreamRecord<>(rows.timed(row, rowtime), time);
        int stream = rows.place(row) % (streams.size() + 1);
        if (stream == 0) {
            output.collect(out);
        } else {
            output.collect(streams.get(stream - 1), out);
        }
    }

    @Override
    public void processWatermark(Watermark mark) {
        isOver = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        emit(clock.watermark(mark.getTimestamp()));
    }

    private void emit(long time) {
        if (time > emitted) {
            emitted = time;
            output.emitWatermark(new Watermark(time));
        }
    }

    /** Silence stays here: time goes on by the clock, so nobody behind may leave this out. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        if (status.isActive()) {
            clock.sound();
        } else if (!clock.isSilent()) {
            clock.silence(now());
            if (timer == null) {
                tick();
            }
        }
    }

    private void tick() {
        timer = null;
        if (clock.isSilent() && !isOver) {
            emit(clock.advance(now()));
            timer = getProcessingTimeService().registerTimer(now() + TICK_MILLIS, time -> tick());
        }
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
