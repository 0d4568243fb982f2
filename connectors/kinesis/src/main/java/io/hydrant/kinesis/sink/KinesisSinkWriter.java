package io.hydrant.kinesis.sink;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

import java.io.IOException;
import java.util.List;

/** Turns elements into records to put, and rejects those that the service would never take. */
final class KinesisSinkWriter<T> implements StatefulSinkWriter<T, BufferedRequestState<PutEntry>> {

    private final SerializationSchema<T> serializer;
    private final PayloadKey<T> partitionKey;
    private final PartitionKey<? super T> explicitHashKey;
    private final ElementIdentity<? super T> identity;
    private final KinesisSinkConfig config;
    private final RejectedRecords rejected;
    private final PutEntryWriter writer;
    private final SinkMetrics metrics;
    private final PutApi api;

    KinesisSinkWriter(
            SerializationSchema<T> serializer,
            PayloadKey<T> partitionKey,
            PartitionKey<? super T> explicitHashKey,
            ElementIdentity<? super T> identity,
            KinesisSinkConfig config,
            RejectedRecords rejected,
            PutEntryWriter writer,
            SinkMetrics metrics,
            PutApi api) {
        this.serializer = serializer;
        this.partitionKey = partitionKey;
        this.explicitHashKey = explicitHashKey;
        this.identity = identity;
        this.config = config;
        this.rejected = rejected;
        this.writer = writer;
        this.metrics = metrics;
        this.api = api;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        byte[] data = serializer.serialize(element);
        if (data == null) {
            throw new IOException(
                    "The serializer of the Kinesis sink gave null for an element; a record needs a"
                            + " payload, which may be empty. Filter such elements out before the sink");
        }
        String key = partitionKey.of(element, data);
        String hashKey = explicitHashKey == null ? null : explicitHashKey.of(element);
        String problem = PutLimits.problemWithKeys(key, hashKey);
        if (problem != null) {
            reject(key, data, problem);
            return;
        }
        PutEntry entry = new PutEntry(key, hashKey, data, identity.of(element));
        problem =
                PutLimits.problemWithSize(
                        entry, config.aggregation() != null, config.recordBytes());
        if (problem != null) {
            reject(key, data, problem);
            return;
        }
        metrics.received.increment();
        entry.givenAt(System.nanoTime());
        writer.write(entry, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        rejected.flush();
        writer.flush(endOfInput);
    }

    @Override
    public List<BufferedRequestState<PutEntry>> snapshotState(long checkpointId) {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        try {
            rejected.close();
        } finally {
            api.close();
        }
    }

    private void reject(String key, byte[] data, String problem) throws IOException {
        metrics.rejected.increment();
        rejected.rejected(key, data, problem);
    }
}
