package io.hydrant.s3.stage;

import io.hydrant.s3.sink.S3Committable;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

/** Writes committables into the committer's state; the object in the form of the S3 room. */
public final class StagedCommittableSerializer
        implements SimpleVersionedSerializer<StagedCommittable> {

    private static final int VERSION = 1;

    private final SimpleVersionedSerializer<S3Committable> objects;

    /** A serializer over that of the objects. */
    public StagedCommittableSerializer(SimpleVersionedSerializer<S3Committable> objects) {
        this.objects = objects;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StagedCommittable committable) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeBoolean(committable.isLast());
        out.writeBoolean(committable.staged() != null);
        if (committable.staged() != null) {
            byte[] object = objects.serialize(committable.staged());
            out.writeInt(objects.getVersion());
            out.writeInt(object.length);
            out.write(object);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public StagedCommittable deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "A committable has version "
                            + version
                            + ", and this Hydrant knows "
                            + VERSION
                            + ". Way out: go on with the Hydrant that wrote the savepoint");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        boolean isLast = in.readBoolean();
        if (!in.readBoolean()) {
            return new StagedCommittable(null, isLast);
        }
        int objectVersion = in.readInt();
        byte[] object = new byte[in.readInt()];
        in.readFully(object);
        return new StagedCommittable(objects.deserialize(objectVersion, object), isLast);
    }
}
