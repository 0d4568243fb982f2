package io.hydrant.s3.table;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.util.Collector;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes records of rows, each with an identity for the ledger: rows have none of their own, so each
 * task numbers those that it writes, from 1, under a name that it draws once. In the ledger the
 * task is the shard and the number the sub-sequence number.
 *
 * <p>Name and number are in the checkpoint with the open objects behind it, so over a failure the
 * numbers go on where the objects do: in the ledger every number of a task is there once, without
 * gaps. With fewer tasks than before some names end, with more there are new ones.
 */
final class RowRecords extends ProcessFunction<RowData, DeliveryRecord>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Numbers of one task, never of two at once. */
    private static final String STATE = "row-numbers";

    private static final String SEQUENCE = "1";
    private static final int PARTITIONS_KEPT = 1000;

    private final String table;
    private final SerializationSchema<RowData> format;
    private final int[] columns;
    private final TablePartitions partitions;
    private final int arrivalColumn;

    private transient ListState<Tuple2<String, Long>> numbers;
    private transient String writer;
    private transient long rowsSoFar;
    private transient ProjectedRowData written;
    private transient PrefixTemplate prefix;
    private transient Map<PartitionKeys, String> kept;

    /**
     * Records of the rows of a table.
     *
     * @param format makes the payload of the columns that are written
     * @param columns their places in a row
     * @param partitions what partitions rows, null for nothing
     * @param arrivalColumn place of a row's own time, -1 where it is the time of now
     */
    RowRecords(
            String table,
            SerializationSchema<RowData> format,
            int[] columns,
            TablePartitions partitions,
            int arrivalColumn) {
        this.table = table;
        this.format = format;
        this.columns = columns;
        this.partitions = partitions;
        this.arrivalColumn = arrivalColumn;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        numbers =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        STATE, Types.TUPLE(Types.STRING, Types.LONG)));
        Iterator<Tuple2<String, Long>> before = numbers.get().iterator();
        if (before.hasNext()) {
            Tuple2<String, Long> own = before.next();
            writer = own.f0;
            rowsSoFar = own.f1;
        } else {
            writer = "writer-" + UUID.randomUUID();
            rowsSoFar = 0;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        numbers.update(List.of(Tuple2.of(writer, rowsSoFar)));
    }

    @Override
    public void open(OpenContext context) throws Exception {
        format.open(
                RuntimeContextInitializationContextAdapters.serializationAdapter(
                        getRuntimeContext()));
        written = ProjectedRowData.from(columns);
        if (partitions != null) {
            prefix = partitions.template();
            kept = new LruPartitions();
        }
    }

    @Override
    public void processElement(RowData row, Context context, Collector<DeliveryRecord> out) {
        long arrivalMillis =
                arrivalColumn < 0 || row.isNullAt(arrivalColumn)
                        ? context.timerService().currentProcessingTime()
                        : row.getTimestamp(arrivalColumn, 3).getMillisecond();
        byte[] payload = format.serialize(written.replaceRow(row));
        rowsSoFar++;
        Envelope record =
                new Envelope(
                        table,
                        writer,
                        SEQUENCE,
                        rowsSoFar,
                        "",
                        arrivalMillis,
                        payload,
                        0,
                        payload.length);
        out.collect(partitions == null ? DeliveryRecord.deliver(record) : partitioned(record, row));
    }

    private DeliveryRecord partitioned(Envelope record, RowData row) {
        PartitionKeys keys = partitions.keysOf(row);
        try {
            return DeliveryRecord.deliver(record).in(partition(keys, record.arrivalMillis()));
        } catch (PartitionKeyException e) {
            return DeliveryRecord.deadLetter(
                    record,
                    new Failure(
                            ErrorOutputType.METADATA_EXTRACTION_FAILED,
                            "DynamicPartitioning.MetadataExtractionFailed",
                            e.getMessage(),
                            1,
                            System.currentTimeMillis()));
        }
    }

    private String partition(PartitionKeys keys, long arrivalMillis) throws PartitionKeyException {
        if (partitions.isOfEachTime()) {
            return partitions.partition(prefix, keys, arrivalMillis);
        }
        String partition = kept.get(keys);
        if (partition == null) {
            partition = partitions.partition(prefix, keys, arrivalMillis);
            kept.put(keys, partition);
        }
        return partition;
    }

    /** The prefixes of the keys that were asked for last. */
    private static final class LruPartitions extends LinkedHashMap<PartitionKeys, String> {

        private static final long serialVersionUID = 1L;

        LruPartitions() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<PartitionKeys, String> eldest) {
            return size() > PARTITIONS_KEPT;
        }
    }
}
