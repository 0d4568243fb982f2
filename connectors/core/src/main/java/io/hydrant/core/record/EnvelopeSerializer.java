package io.hydrant.core.record;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Writes an {@link Envelope} for the network and for state: four strings, two longs, and the
 * payload with its length. The payload of a read envelope is an array of its own.
 */
public final class EnvelopeSerializer extends ImmutableSerializer<Envelope> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final EnvelopeSerializer INSTANCE = new EnvelopeSerializer();

    private EnvelopeSerializer() {}

    @Override
    public Envelope createInstance() {
        return new Envelope("", "", "", 0, "", 0, new byte[0], 0, 0);
    }

    @Override
    public void serialize(Envelope record, DataOutputView target) throws IOException {
        target.writeUTF(record.stream());
        target.writeUTF(record.shard());
        target.writeUTF(record.sequence());
        target.writeLong(record.subSequence());
        target.writeUTF(record.partitionKey());
        target.writeLong(record.arrivalMillis());
        target.writeInt(record.payloadLength());
        target.write(record.payloadArray(), record.payloadOffset(), record.payloadLength());
    }

    @Override
    public Envelope deserialize(DataInputView source) throws IOException {
        String stream = source.readUTF();
        String shard = source.readUTF();
        String sequence = source.readUTF();
        long subSequence = source.readLong();
        String partitionKey = source.readUTF();
        long arrivalMillis = source.readLong();
        byte[] payload = new byte[source.readInt()];
        source.readFully(payload);
        return new Envelope(
                stream,
                shard,
                sequence,
                subSequence,
                partitionKey,
                arrivalMillis,
                payload,
                0,
                payload.length);
    }

    @Override
    public TypeSerializerSnapshot<Envelope> snapshotConfiguration() {
        return new Snapshot();
    }

    private Object readResolve() {
        return INSTANCE;
    }

    /** Names the one format there is; a change of format adds a version and reads both. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Envelope> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
