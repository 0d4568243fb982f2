package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.run.Errors;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.OutputTag;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/**
 * Turns records into rows of the in-application streams that share them, and gives them their time.
 *
 * <p>What does not fit the schema becomes a row of the error stream. Keeps no state: a row's time
 * follows from its arrival and from the watermark, which begins anew after a restart.
 *
 * <p>Sees the watermarks of all readers, so that a record which one of them hands in late is late
 * here already, and not only where windows would leave it out.
 */
final class InputOperator extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<Envelope, RowData>, RecordDecoder.Rows {

    private static final long serialVersionUID = 1L;

    /** How often time goes on by the clock. */
    private static final long TICK_MILLIS = 200;

    private final RecordSchema schema;
    private final RowType type;
    private final ArrayList<Column> system;
    private final boolean[] isRead;
    private final ArrayList<OutputTag<RowData>> streams;
    private final OutputTag<RowData> errors = errorTag();
    private final long idleMillis;
    private final long backlogMillis;

    private transient RecordDecoder decoder;
    private transient RowClock clock;
    private transient Counter failed;
    private transient Counter moved;
    private transient long emitted;
    private transient boolean isOver;
    private transient ScheduledFuture<?> timer;
    private transient Envelope record;
    private transient TimestampData rowtime;

    /**
     * An operator.
     *
     * @param schema of the records
     * @param type of the rows: ROWTIME, the record's columns, {@code system}
     * @param system the columns that say where a record was
     * @param isRead which fields of the rows anybody reads; others may be NULL
     * @param streams the second in-application stream and those behind it
     */
    InputOperator(
            RecordSchema schema,
            RowType type,
            List<Column> system,
            boolean[] isRead,
            List<OutputTag<RowData>> streams,
            long idleMillis,
            long backlogMillis) {
        this.schema = schema;
        this.type = type;
        this.system = new ArrayList<>(system);
        this.isRead = isRead.clone();
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
        decoder = RecordDecoder.of(schema, column -> isRead[column + 1]);
        clock = new RowClock(idleMillis, backlogMillis);
        emitted = Long.MIN_VALUE;
        failed = getMetricGroup().counter("errorRows");
        moved = getMetricGroup().counter("rowsWithLaterTime");
    }

    @Override
    public void processElement(StreamRecord<Envelope> element) {
        record = element.getValue();
        long time = clock.rowtime(record.arrivalMillis());
        if (time != record.arrivalMillis()) {
            moved.inc();
        }
        rowtime = TimestampData.fromEpochMillis(time);
        decoder.decode(record.payloadArray(), record.payloadOffset(), record.payloadLength(), this);
    }

    @Override
    public void row(Object[] values) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        row.setField(0, rowtime);
        int field = 1;
        for (Object value : values) {
            row.setField(field, Values.internal(value, type.getTypeAt(field)));
            field++;
        }
        for (Column column : system) {
            if (isRead[field]) {
                row.setField(field, system(column));
            }
            field++;
        }
        StreamRecord<RowData> out = new StreamRecord<>(row, rowtime.getMillisecond());
        int stream = streams.isEmpty() ? 0 : streamOf(record.shard(), streams.size() + 1);
        if (stream == 0) {
            output.collect(out);
        } else {
            output.collect(streams.get(stream - 1), out);
        }
    }

    private Object system(Column column) {
        return switch (column.name()) {
            case "APPROXIMATE_ARRIVAL_TIME" ->
                    TimestampData.fromEpochMillis(record.arrivalMillis());
            case "PARTITION_KEY" -> StringData.fromString(record.partitionKey());
            case "SEQUENCE_NUMBER" -> StringData.fromString(record.sequence());
            case "SHARD_ID" -> StringData.fromString(record.shard());
            default -> throw new IllegalStateException("A system column " + column.name());
        };
    }

    /** Which of several streams has the records of a shard: shards go round, by their numbers. */
    static int streamOf(String shard, int streams) {
        int number = 0;
        for (int i = shard.lastIndexOf('-') + 1; i < shard.length(); i++) {
            number = (number * 10 + Character.digit(shard.charAt(i), 36)) % streams;
        }
        return Math.floorMod(number, streams);
    }

    @Override
    public void error(DecodingError error) {
        failed.inc();
        output.collect(
                errors,
                new StreamRecord<>(
                        Errors.row(
                                rowtime, error.name(), error.message(), record.payloadCopy(), null),
                        rowtime.getMillisecond()));
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
