package io.hydrant.jobs.ingest.objects;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link QueueState}; version 1: three lists, each behind its length. */
final class QueueStateSerializer implements SimpleVersionedSerializer<QueueState> {

    static final int VERSION = 1;

    private static final int USUAL_BYTES = 4096;
    private static final ObjectSplitSerializer SPLITS = new ObjectSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(QueueState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        out.writeInt(ObjectSplitSerializer.VERSION);
        out.writeInt(state.pending().size());
        for (ObjectSplit split : state.pending()) {
            byte[] bytes = SPLITS.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        write(state.done(), out);
        write(state.open(), out);
        return out.getCopyOfBuffer();
    }

    @Override
    public QueueState deserialize(int version, byte[] bytes) throws IOException {
        ObjectSplitSerializer.requireKnown(version, VERSION, "a queue");
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splitVersion = in.readInt();
        int count = in.readInt();
        List<ObjectSplit> pending = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] split = new byte[in.readInt()];
            in.readFully(split);
            pending.add(SPLITS.deserialize(splitVersion, split));
        }
        return new QueueState(pending, read(in), read(in));
    }

    private static void write(List<String> texts, DataOutputSerializer out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> read(DataInputDeserializer in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
