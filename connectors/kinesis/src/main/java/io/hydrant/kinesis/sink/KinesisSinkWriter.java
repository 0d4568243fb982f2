package io.hydrant.kinesis.sink;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.metrics.MetricGroup;

import java.io.IOException;
import java.util.List;

/** Turns elements into records to put, and rejects those that the service would never take. */
final class KinesisSinkWriter<T> implements StatefulSinkWriter<T, BufferedRequestState<PutEntry>> {

    private final SerializationSchema<T> serializer;
    private final PartitionKey<? super T> partitionKey;
    private final PartitionKey<? super T> explicitHashKey;
    private final int maxRecordBytes;
    private final RejectedRecords rejected;
    private final PutEntryWriter writer;
    private final PutApi api;

    KinesisSinkWriter(
            SerializationSchema<T> serializer,
            PartitionKey<? super T> partitionKey,
            PartitionKey<? super T> explicitHashKey,
            int maxRecordBytes,
            RejectedRecords rejected,
            PutEntryWriter writer,
            PutApi api) {
        this.serializer = serializer;
        this.partitionKey = partitionKey;
        this.explicitHashKey = explicitHashKey;
        this.maxRecordBytes = maxRecordBytes;
        this.rejected = rejected;
        this.writer = writer;
        this.api = api;
    }

    /** Makes the counts of what was put visible beside the standard metrics of a sink. */
    static void register(PutCounters counters, MetricGroup metrics) {
        metrics.gauge("putCalls", counters.calls::sum);
        metrics.gauge("putKinesisRecords", counters.kinesisRecords::sum);
        metrics.gauge("putRetriedRecords", counters.retriedRecords::sum);
        metrics.gauge("putThrottledRecords", counters.throttledRecords::sum);
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        byte[] data = serializer.serialize(element);
        String key = partitionKey.of(element);
        String hashKey = explicitHashKey == null ? null : explicitHashKey.of(element);
        String problem = PutLimits.problemWithKeys(key, hashKey);
        if (problem == null) {
            problem =
                    PutLimits.problemWithSize(
                            PutLimits.sizeBytes(key, data.length), maxRecordBytes);
        }
        if (problem == null) {
            writer.write(new PutEntry(key, hashKey, data), context);
        } else {
            rejected.rejected(key, data, problem);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public List<BufferedRequestState<PutEntry>> snapshotState(long checkpointId) {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() {
        writer.close();
        api.close();
    }
}
