package io.hydrant.jobs.ingest.tail;

import io.hydrant.core.record.ImmutableSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Writes a {@link LogRecord} for the network: producer, number, and the bytes with their length.
 */
public final class LogRecordSerializer extends ImmutableSerializer<LogRecord> {

    private static final long serialVersionUID = 1L;

    static final LogRecordSerializer INSTANCE = new LogRecordSerializer();

    private LogRecordSerializer() {}

    @Override
    public LogRecord createInstance() {
        return new LogRecord("", 0, new byte[0]);
    }

    @Override
    public void serialize(LogRecord record, DataOutputView target) throws IOException {
        target.writeUTF(record.producer());
        target.writeLong(record.number());
        target.writeInt(record.data().length);
        target.write(record.data());
    }

    @Override
    public LogRecord deserialize(DataInputView source) throws IOException {
        String producer = source.readUTF();
        long number = source.readLong();
        byte[] data = new byte[source.readInt()];
        source.readFully(data);
        return new LogRecord(producer, number, data);
    }

    @Override
    public TypeSerializerSnapshot<LogRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    private Object readResolve() {
        return INSTANCE;
    }

    /** Names the one format there is; a change of format adds a version and reads both. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogRecord> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
