package io.hydrant.sql.functions.sketch;

import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Writes a sketch as a version, the number of its bytes and the bytes that the library defines. */
abstract class SketchSerializer<T> extends TypeSerializerSingleton<T> {

    private static final long serialVersionUID = 1;

    private static final int VERSION = 1;

    abstract byte[] toBytes(T sketch);

    abstract T fromBytes(byte[] bytes);

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public T copy(T sketch) {
        return fromBytes(toBytes(sketch));
    }

    @Override
    public T copy(T sketch, T reuse) {
        return copy(sketch);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T sketch, DataOutputView target) throws IOException {
        byte[] bytes = toBytes(sketch);
        target.writeByte(VERSION);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "The state holds a sketch of version %d, and this is %d."
                            .formatted(version, VERSION));
        }
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return fromBytes(bytes);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }
}
