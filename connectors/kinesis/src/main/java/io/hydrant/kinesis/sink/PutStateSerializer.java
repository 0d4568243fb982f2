package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * State of a writer: the user records that wait, before aggregation, so that a restore may pack
 * them for other shards.
 *
 * <p>Version 1: count; then for each record its partition key, whether it has an explicit hash key
 * and that key, length and bytes of its payload. Version 2: behind each payload, whether it has a
 * stamp, and its producer and number; so that a record which failed before the checkpoint, but is
 * in the stream after all, is known again.
 */
final class PutStateSerializer
        implements SimpleVersionedSerializer<BufferedRequestState<PutEntry>> {

    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(BufferedRequestState<PutEntry> state) throws IOException {
        List<RequestEntryWrapper<PutEntry>> entries = state.getBufferedRequestEntries();
        DataOutputSerializer out =
                new DataOutputSerializer(
                        (int) Math.min(1 << 26, 64 + 16L * entries.size() + state.getStateSize()));
        out.writeInt(entries.size());
        for (RequestEntryWrapper<PutEntry> wrapper : entries) {
            PutEntry entry = wrapper.getRequestEntry();
            out.writeUTF(entry.partitionKey());
            out.writeBoolean(entry.explicitHashKey() != null);
            if (entry.explicitHashKey() != null) {
                out.writeUTF(entry.explicitHashKey());
            }
            out.writeInt(entry.data().length);
            out.write(entry.data());
            ProducerStamp stamp = entry.stamp();
            out.writeBoolean(stamp != null);
            if (stamp != null) {
                out.writeUTF(stamp.producer());
                out.writeLong(stamp.number());
            }
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public BufferedRequestState<PutEntry> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "The state of the Kinesis sink has version "
                            + version
                            + "; this release reads versions 1 to "
                            + VERSION
                            + ". Restore it with the release that wrote it, or a newer one");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        int count = in.readInt();
        List<RequestEntryWrapper<PutEntry>> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String partitionKey = in.readUTF();
            String explicitHashKey = in.readBoolean() ? in.readUTF() : null;
            byte[] data = new byte[in.readInt()];
            in.readFully(data);
            ProducerStamp stamp =
                    version > 1 && in.readBoolean()
                            ? new ProducerStamp(in.readUTF(), in.readLong())
                            : null;
            PutEntry entry = new PutEntry(partitionKey, explicitHashKey, data, stamp);
            entries.add(new RequestEntryWrapper<>(entry, entry.sizeBytes()));
        }
        return new BufferedRequestState<>(entries);
    }
}
