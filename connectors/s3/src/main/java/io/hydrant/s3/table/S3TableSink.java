package io.hydrant.s3.table;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.s3.sink.S3Sink;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the rows of a table to S3, exactly once, as {@link S3Sink} does.
 *
 * <pre>
 *   rows ─> rows (numbered, encoded) ─> s3 (writer ─> committer)
 *   RowData                DeliveryRecord
 * </pre>
 *
 * <p>Exactly once because the numbers of rows and the open objects are in the same checkpoint, and
 * objects appear only behind one. Assumes checkpoints in mode EXACTLY_ONCE, which is looked at when
 * the job is planned, and a query whose sources go back to their positions.
 */
final class S3TableSink implements DynamicTableSink, SupportsPartitioning, SupportsWritingMetadata {

    /** The time that a row counts as having arrived at, named as where Kinesis tables read it. */
    static final String TIMESTAMP = "timestamp";

    private final String table;
    private final TableDelivery delivery;
    private final EncodingFormat<SerializationSchema<RowData>> format;
    private final DataType physicalType;
    private final Integer parallelism;

    /** Place of the arrival in a row, -1 where a row has none of its own. */
    private int arrivalColumn = -1;

    /**
     * A sink.
     *
     * @param table name of the table
     * @param delivery its options
     * @param format makes bytes of rows
     * @param physicalType the columns of the table
     * @param parallelism writers, or null for as many as the query's last step has
     */
    S3TableSink(
            String table,
            TableDelivery delivery,
            EncodingFormat<SerializationSchema<RowData>> format,
            DataType physicalType,
            Integer parallelism) {
        this.table = table;
        this.delivery = delivery;
        this.format = format;
        this.physicalType = physicalType;
        this.parallelism = parallelism;
    }

    /** What the options came to; for tests. */
    TableDelivery delivery() {
        return delivery;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        ChangelogMode written = format.getChangelogMode();
        for (RowKind kind : requestedMode.getContainedKinds()) {
            if (!written.contains(kind)) {
                throw new ValidationException(
                        "Table '"
                                + table
                                + "' keeps rows as objects in S3, which are never changed, and this"
                                + " query changes rows that it gave before. Ask for what is final,"
                                + " such as the rows of a window; or write every change as a row of"
                                + " its own with 'format' = 'debezium-json'; or give the answer to a"
                                + " table that keeps the newest row of a key, such as one with"
                                + " 'connector' = 'jdbc' and a PRIMARY KEY.");
            }
        }
        return written;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        int[] columns = delivery.columns();
        List<DataType> fields = DataType.getFieldDataTypes(physicalType);
        List<String> names = DataType.getFieldNames(physicalType);
        DataTypes.Field[] written = new DataTypes.Field[columns.length];
        for (int i = 0; i < columns.length; i++) {
            written[i] = DataTypes.FIELD(names.get(columns[i]), fields.get(columns[i]));
        }
        RowRecords records =
                new RowRecords(
                        table,
                        format.createRuntimeEncoder(
                                context, DataTypes.ROW(written).notNull().bridgedTo(RowData.class)),
                        columns,
                        delivery.partitions(),
                        arrivalColumn);
        return new Provider(delivery, records, parallelism);
    }

    @Override
    public Map<String, DataType> listWritableMetadata() {
        return Map.of(TIMESTAMP, DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3));
    }

    @Override
    public void applyWritableMetadata(List<String> metadataKeys, DataType consumedDataType) {
        int place = metadataKeys.indexOf(TIMESTAMP);
        arrivalColumn = place < 0 ? -1 : DataType.getFieldCount(physicalType) + place;
    }

    /**
     * Does nothing, because the planner puts the values of {@code PARTITION (…)} into the rows, and
     * the prefix is made of what a row holds, however it came there.
     */
    @Override
    public void applyStaticPartition(Map<String, String> partition) {}

    @Override
    public DynamicTableSink copy() {
        S3TableSink copy = new S3TableSink(table, delivery, format, physicalType, parallelism);
        copy.arrivalColumn = arrivalColumn;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "S3";
    }

    /** Adds the operators to a job. */
    private record Provider(TableDelivery delivery, RowRecords records, Integer parallelism)
            implements DataStreamSinkProvider {

        @Override
        public DataStreamSink<?> consumeDataStream(
                ProviderContext context, DataStream<RowData> rows) {
            DurableOutput.require(rows);
            int tasks = parallelism == null ? rows.getParallelism() : parallelism;
            SingleOutputStreamOperator<DeliveryRecord> encoded =
                    rows.process(records)
                            .name("rows")
                            .returns(DeliveryRecordTypeInformation.INSTANCE)
                            .setParallelism(tasks);
            context.generateUid("rows").ifPresent(encoded::uid);
            DataStreamSink<?> sink =
                    encoded.sinkTo(new S3Sink(delivery.sink(), delivery.aws()))
                            .name("s3")
                            .setParallelism(tasks);
            context.generateUid("s3").ifPresent(sink::uid);
            return sink;
        }

        @Override
        public Optional<Integer> getParallelism() {
            return Optional.ofNullable(parallelism);
        }
    }
}
