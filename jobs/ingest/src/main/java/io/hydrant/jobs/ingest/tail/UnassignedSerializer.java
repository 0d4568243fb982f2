package io.hydrant.jobs.ingest.tail;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;

/** Writes the enumerator's state: nothing, or the split; it has the split's versions. */
final class UnassignedSerializer implements SimpleVersionedSerializer<FileSource.Unassigned> {

    private static final FlowSplitSerializer SPLITS = new FlowSplitSerializer();

    @Override
    public int getVersion() {
        return SPLITS.getVersion();
    }

    @Override
    public byte[] serialize(FileSource.Unassigned state) throws IOException {
        return state.split() == null ? new byte[0] : SPLITS.serialize(state.split());
    }

    @Override
    public FileSource.Unassigned deserialize(int version, byte[] serialized) throws IOException {
        return new FileSource.Unassigned(
                serialized.length == 0 ? null : SPLITS.deserialize(version, serialized));
    }
}
