package io.hydrant.s3.archive;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

/** Writes the splits of an archive. */
final class ArchiveSplitSerializer implements SimpleVersionedSerializer<ArchiveSplit> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ArchiveSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ArchiveSplit deserialize(int version, byte[] serialized) throws IOException {
        requireKnown(version);
        return read(new DataInputDeserializer(serialized));
    }

    static void write(ArchiveSplit split, DataOutputSerializer out) throws IOException {
        out.writeUTF(split.key());
        out.writeLong(split.lastModifiedMillis());
        out.writeLong(split.read());
    }

    static ArchiveSplit read(DataInputDeserializer in) throws IOException {
        return new ArchiveSplit(in.readUTF(), in.readLong(), in.readLong());
    }

    static void requireKnown(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "The state of an archive's read of version "
                            + version
                            + " cannot be read; this Hydrant knows versions up to "
                            + VERSION
                            + ". Restore with the release that wrote it, or a newer one.");
        }
    }
}
