package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns records into rows where they are read, so that what nobody reads goes no further: neither
 * columns, nor where a record was.
 */
final class DecodeOperator extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<Envelope, RowData>, RecordDecoder.Rows {

    private static final long serialVersionUID = 1L;

    private final RecordSchema schema;
    private final DecodedRows rows;
    private final ArrayList<Column> system;
    private final int places;

    private transient RecordDecoder decoder;
    private transient RowType type;
    private transient Envelope record;
    private transient TimestampData arrival;
    private transient int place;

    /** Whose place that is; records of a shard come many at a time, and share its name. */
    private transient String shard;

    /**
     * An operator.
     *
     * @param schema of the records
     * @param rows what they become
     * @param system the columns that say where a record was
     * @param places how many there are, to which shards go round, by their numbers
     */
    DecodeOperator(RecordSchema schema, DecodedRows rows, List<Column> system, int places) {
        this.schema = schema;
        this.rows = rows;
        this.system = new ArrayList<>(system);
        this.places = places;
    }

    @Override
    public void open() throws Exception {
        super.open();
        decoder = RecordDecoder.of(schema, column -> rows.isRead(column + 1));
        type = rows.streamType();
    }

    @Override
    public void processElement(StreamRecord<Envelope> element) {
        record = element.getValue();
        arrival = TimestampData.fromEpochMillis(record.arrivalMillis());
        if (!record.shard().equals(shard)) {
            shard = record.shard();
            place = place(shard, places);
        }
        decoder.decode(record.payloadArray(), record.payloadOffset(), record.payloadLength(), this);
    }

    @Override
    public void row(Object[] values) {
        GenericRowData row = rows.row(arrival, place);
        int field = 1;
        for (Object value : values) {
            rows.set(row, field, Values.internal(value, type.getTypeAt(field)));
            field++;
        }
        for (Column column : system) {
            if (rows.isRead(field)) {
                rows.set(row, field, system(column));
            }
            field++;
        }
        emit(row);
    }

    private Object system(Column column) {
        return switch (column.name()) {
            case "APPROXIMATE_ARRIVAL_TIME" -> arrival;
            case "PARTITION_KEY" -> StringData.fromString(record.partitionKey());
            case "SEQUENCE_NUMBER" -> StringData.fromString(record.sequence());
            case "SHARD_ID" -> StringData.fromString(record.shard());
            default -> throw new IllegalStateException("A system column " + column.name());
        };
    }

    @Override
    public void error(DecodingError error) {
        emit(rows.error(arrival, place, error, record.payloadCopy()));
    }

    private void emit(RowData row) {
        output.collect(new StreamRecord<>(row, record.arrivalMillis()));
    }

    /** Where a shard belongs, as the remainder of its number. */
    static int place(String shard, int places) {
        int number = 0;
        for (int i = shard.lastIndexOf('-') + 1; i < shard.length(); i++) {
            number = (number * 10 + Character.digit(shard.charAt(i), 36)) % places;
        }
        return Math.floorMod(number, places);
    }
}
