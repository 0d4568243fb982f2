package io.hydrant.jobs.ingest.objects;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

/** Writes an {@link ObjectSplit}; version 1: five texts, a number, and the name of the outcome. */
final class ObjectSplitSerializer implements SimpleVersionedSerializer<ObjectSplit> {

    static final int VERSION = 1;

    private static final int USUAL_BYTES = 256;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ObjectSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        write(split.object(), out);
        out.writeLong(split.read());
        out.writeUTF(split.outcome().name());
        return out.getCopyOfBuffer();
    }

    @Override
    public ObjectSplit deserialize(int version, byte[] bytes) throws IOException {
        requireKnown(version, VERSION, "a split of an object");
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new ObjectSplit(
                readObject(in), in.readLong(), ObjectSplit.Outcome.valueOf(in.readUTF()));
    }

    static void write(ArrivedObject object, DataOutputSerializer out) throws IOException {
        out.writeUTF(object.bucket());
        out.writeUTF(object.key());
        out.writeUTF(object.version());
        out.writeUTF(object.etag());
        out.writeUTF(object.sequencer());
    }

    static ArrivedObject readObject(DataInputDeserializer in) throws IOException {
        return new ArrivedObject(
                in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    }

    static void requireKnown(int version, int newest, String what) throws IOException {
        if (version < 1 || version > newest) {
            throw new IOException(
                    "The state of "
                            + what
                            + " has version "
                            + version
                            + ", and this Hydrant reads up to version "
                            + newest
                            + "; restore with the release that wrote it, or a newer one");
        }
    }
}
