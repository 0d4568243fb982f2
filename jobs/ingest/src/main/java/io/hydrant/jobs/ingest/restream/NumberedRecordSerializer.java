package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.core.record.ImmutableSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Writes a {@link NumberedRecord} for the network: the record, producer and number behind it. */
public final class NumberedRecordSerializer extends ImmutableSerializer<NumberedRecord> {

    private static final long serialVersionUID = 1L;

    static final NumberedRecordSerializer INSTANCE = new NumberedRecordSerializer();

    private NumberedRecordSerializer() {}

    @Override
    public NumberedRecord createInstance() {
        return NumberedRecord.uncounted(EnvelopeSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(NumberedRecord record, DataOutputView target) throws IOException {
        EnvelopeSerializer.INSTANCE.serialize(record.record(), target);
        target.writeUTF(record.producer());
        target.writeLong(record.number());
    }

    @Override
    public NumberedRecord deserialize(DataInputView source) throws IOException {
        return new NumberedRecord(
                EnvelopeSerializer.INSTANCE.deserialize(source),
                source.readUTF(),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<NumberedRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    private Object readResolve() {
        return INSTANCE;
    }

    /** Names the one format there is; a change of format adds a version and reads both. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<NumberedRecord> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
