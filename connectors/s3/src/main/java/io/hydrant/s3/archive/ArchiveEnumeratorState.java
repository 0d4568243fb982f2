package io.hydrant.s3.archive;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an archive's objects that no reader has: a page of a listing at the most, and
 * what readers gave back.
 *
 * @param waiting objects that are listed and not handed out
 * @param listedUpTo key of the last object listed, null where none was
 * @param allListed whether nothing follows it
 */
record ArchiveEnumeratorState(List<ArchiveSplit> waiting, String listedUpTo, boolean allListed) {

    ArchiveEnumeratorState {
        waiting = List.copyOf(waiting);
    }

    /** Writes it, in the version of the splits. */
    static final class Serializer implements SimpleVersionedSerializer<ArchiveEnumeratorState> {

        @Override
        public int getVersion() {
            return ArchiveSplitSerializer.VERSION;
        }

        @Override
        public byte[] serialize(ArchiveEnumeratorState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(1024);
            out.writeBoolean(state.listedUpTo != null);
            if (state.listedUpTo != null) {
                out.writeUTF(state.listedUpTo);
            }
            out.writeBoolean(state.allListed);
            out.writeInt(state.waiting.size());
            for (ArchiveSplit split : state.waiting) {
                ArchiveSplitSerializer.write(split, out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public ArchiveEnumeratorState deserialize(int version, byte[] serialized)
                throws IOException {
            ArchiveSplitSerializer.requireKnown(version);
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            String listedUpTo = in.readBoolean() ? in.readUTF() : null;
            boolean allListed = in.readBoolean();
            int count = in.readInt();
            List<ArchiveSplit> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                waiting.add(ArchiveSplitSerializer.read(in));
            }
            return new ArchiveEnumeratorState(waiting, listedUpTo, allListed);
        }
    }
}
