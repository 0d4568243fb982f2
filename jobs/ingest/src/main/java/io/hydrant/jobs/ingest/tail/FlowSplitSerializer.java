package io.hydrant.jobs.ingest.tail;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes flows for checkpoints. */
final class FlowSplitSerializer implements SimpleVersionedSerializer<FlowSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FlowSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256 + 512 * split.files().size());
        out.writeUTF(split.flow());
        out.writeUTF(split.lineage());
        out.writeBoolean(split.begun());
        out.writeInt(split.files().size());
        for (TrackedFile file : split.files()) {
            write(file, out);
        }
        out.writeInt(split.former().size());
        for (Map.Entry<String, FlowSplit.Former> former : split.former().entrySet()) {
            out.writeUTF(former.getKey());
            out.writeInt(former.getValue().generations());
            out.writeLong(former.getValue().lastMillis());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public FlowSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "The state of a source of files has version "
                            + version
                            + ", but this Hydrant reads "
                            + VERSION
                            + "; restore it with the one that wrote it, or a later one");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String flow = in.readUTF();
        String lineage = in.readUTF();
        boolean begun = in.readBoolean();
        int count = in.readInt();
        List<TrackedFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(readFile(in));
        }
        int formerCount = in.readInt();
        Map<String, FlowSplit.Former> former = new HashMap<>();
        for (int i = 0; i < formerCount; i++) {
            former.put(in.readUTF(), new FlowSplit.Former(in.readInt(), in.readLong()));
        }
        return new FlowSplit(flow, lineage, begun, files, former);
    }

    private static void write(TrackedFile file, DataOutputSerializer out) throws IOException {
        out.writeUTF(file.key());
        out.writeUTF(file.name());
        out.writeInt(file.generation());
        out.writeUTF(file.producer() == null ? "" : file.producer());
        out.writeLong(file.start());
        out.writeLong(file.offset());
        out.writeLong(file.number());
        out.writeInt(file.headerLines());
        out.writeBoolean(file.skipping());
        out.writeBoolean(file.ended());
        out.writeLong(file.cut());
        write(file.head(), out);
        write(file.earlier(), out);
        write(file.anchor(), out);
    }

    private static TrackedFile readFile(DataInputDeserializer in) throws IOException {
        String key = in.readUTF();
        String name = in.readUTF();
        int generation = in.readInt();
        String producer = in.readUTF();
        return new TrackedFile(
                key,
                name,
                generation,
                producer.isEmpty() ? null : producer,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                readMark(in),
                readMark(in),
                readMark(in));
    }

    private static void write(FileMark mark, DataOutputSerializer out) throws IOException {
        out.writeLong(mark.at());
        out.writeInt(mark.bytes().length);
        out.write(mark.bytes());
    }

    private static FileMark readMark(DataInputDeserializer in) throws IOException {
        long at = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new FileMark(at, bytes);
    }
}
