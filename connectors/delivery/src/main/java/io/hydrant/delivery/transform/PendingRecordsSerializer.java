package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.core.record.ImmutableSerializer;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@link PendingRecords}: a version, their number, and for each a byte of flags, the parts
 * before it, its envelope, and the original's where it is another.
 */
final class PendingRecordsSerializer extends ImmutableSerializer<PendingRecords> {

    private static final long serialVersionUID = 1L;

    static final PendingRecordsSerializer INSTANCE = new PendingRecordsSerializer();

    private static final int VERSION = 1;
    private static final int IS_LAST = 0b01;
    private static final int HAS_ORIGINAL = 0b10;

    private PendingRecordsSerializer() {}

    @Override
    public PendingRecords createInstance() {
        return new PendingRecords(List.of());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal but another object is written twice, no more
    public void serialize(PendingRecords pending, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeInt(pending.records().size());
        for (PendingRecord each : pending.records()) {
            boolean hasOriginal = each.original() != each.record();
            target.writeByte((each.isLast() ? IS_LAST : 0) | (hasOriginal ? HAS_ORIGINAL : 0));
            target.writeInt(each.partsBefore());
            EnvelopeSerializer.INSTANCE.serialize(each.record(), target);
            if (hasOriginal) {
                EnvelopeSerializer.INSTANCE.serialize(each.original(), target);
            }
        }
    }

    @Override
    public PendingRecords deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "Pending records are of version " + version + "; only 1 is known here");
        }
        int count = source.readInt();
        List<PendingRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int flags = source.readUnsignedByte();
            int partsBefore = source.readInt();
            Envelope record = EnvelopeSerializer.INSTANCE.deserialize(source);
            Envelope original =
                    (flags & HAS_ORIGINAL) == 0
                            ? record
                            : EnvelopeSerializer.INSTANCE.deserialize(source);
            records.add(new PendingRecord(record, original, partsBefore, (flags & IS_LAST) != 0));
        }
        return new PendingRecords(records);
    }

    @Override
    public TypeSerializerSnapshot<PendingRecords> snapshotConfiguration() {
        return new Snapshot();
    }

    private Object readResolve() {
        return INSTANCE;
    }

    /** Names the serializer; the format's version is in front of every value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PendingRecords> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
