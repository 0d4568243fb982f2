package io.hydrant.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.core.record.ImmutableSerializer;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a {@link DeliveryRecord}: a byte for where it goes and what follows, the envelope, the
 * reason where there is one, and part, partition and the reason's details and error prefix where
 * they say anything. A whole record without a partition is written as ever.
 */
public final class DeliveryRecordSerializer extends ImmutableSerializer<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final DeliveryRecordSerializer INSTANCE = new DeliveryRecordSerializer();

    private static final int DELIVER = 0;
    private static final int DEAD_LETTER = 1;
    private static final int DROP = 2;
    private static final int LOST = 3;
    private static final int BEGUN = 4;
    private static final int DISPOSITION = 0b0000_1111;
    private static final int HAS_PART = 0b0001_0000;
    private static final int HAS_PARTITION = 0b0010_0000;
    private static final int HAS_DETAILS = 0b0100_0000;
    private static final int HAS_ERROR_PREFIX = 0b1000_0000;

    private DeliveryRecordSerializer() {}

    @Override
    public DeliveryRecord createInstance() {
        return DeliveryRecord.deliver(EnvelopeSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(DeliveryRecord record, DataOutputView target) throws IOException {
        int disposition =
                switch (record.disposition()) {
                    case DELIVER -> DELIVER;
                    case DEAD_LETTER -> DEAD_LETTER;
                    case DROP -> DROP;
                    case LOST -> LOST;
                    case BEGUN -> BEGUN;
                };
        boolean hasPart = !record.part().isWhole();
        boolean hasPartition = !record.partition().isEmpty();
        boolean hasDetails = record.failure() != null && !record.failure().details().isEmpty();
        boolean hasErrorPrefix =
                record.failure() != null && !record.failure().errorPrefix().isEmpty();
        target.writeByte(
                disposition
                        | (hasPart ? HAS_PART : 0)
                        | (hasPartition ? HAS_PARTITION : 0)
                        | (hasDetails ? HAS_DETAILS : 0)
                        | (hasErrorPrefix ? HAS_ERROR_PREFIX : 0));
        EnvelopeSerializer.INSTANCE.serialize(record.envelope(), target);
        if (record.failure() != null) {
            serialize(record.failure(), target);
        }
        if (hasDetails) {
            serialize(record.failure().details(), target);
        }
        if (hasErrorPrefix) {
            StringValue.writeString(record.failure().errorPrefix(), target);
        }
        if (hasPart) {
            target.writeInt(record.part().index());
            target.writeBoolean(record.part().isLast());
        }
        if (hasPartition) {
            StringValue.writeString(record.partition(), target);
        }
    }

    @Override
    public DeliveryRecord deserialize(DataInputView source) throws IOException {
        int head = source.readUnsignedByte();
        Envelope envelope = EnvelopeSerializer.INSTANCE.deserialize(source);
        DeliveryRecord record =
                switch (head & DISPOSITION) {
                    case DELIVER -> DeliveryRecord.deliver(envelope);
                    case DEAD_LETTER ->
                            DeliveryRecord.deadLetter(envelope, deserializeFailure(source, head));
                    case DROP -> DeliveryRecord.drop(envelope);
                    case LOST -> DeliveryRecord.lost(envelope);
                    case BEGUN -> DeliveryRecord.begun(envelope);
                    default ->
                            throw new IOException(
                                    "There is no disposition " + (head & DISPOSITION));
                };
        if ((head & HAS_PART) != 0) {
            record = record.of(Part.of(source.readInt(), source.readBoolean()));
        }
        return (head & HAS_PARTITION) == 0 ? record : record.in(StringValue.readString(source));
    }

    @Override
    public TypeSerializerSnapshot<DeliveryRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Messages may be longer than {@code writeUTF} takes. */
    private static void serialize(Failure failure, DataOutputView target) throws IOException {
        StringValue.writeString(failure.type().folder(), target);
        StringValue.writeString(failure.code(), target);
        StringValue.writeString(failure.message(), target);
        target.writeInt(failure.attempts());
        target.writeLong(failure.attemptEndedMillis());
    }

    private static void serialize(Map<String, String> details, DataOutputView target)
            throws IOException {
        target.writeInt(details.size());
        for (Map.Entry<String, String> each : details.entrySet()) {
            StringValue.writeString(each.getKey(), target);
            StringValue.writeString(each.getValue(), target);
        }
    }

    private static Failure deserializeFailure(DataInputView source, int head) throws IOException {
        return new Failure(
                typeOf(StringValue.readString(source)),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readInt(),
                source.readLong(),
                (head & HAS_DETAILS) == 0 ? Map.of() : deserializeDetails(source),
                (head & HAS_ERROR_PREFIX) == 0 ? "" : StringValue.readString(source));
    }

    private static Map<String, String> deserializeDetails(DataInputView source) throws IOException {
        int count = source.readInt();
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i < count; i++) {
            details.put(StringValue.readString(source), StringValue.readString(source));
        }
        return details;
    }

    private static ErrorOutputType typeOf(String folder) throws IOException {
        ErrorOutputType type = ErrorOutputType.ofFolder(folder);
        if (type == null) {
            throw new IOException("There is no error output type " + folder);
        }
        return type;
    }

    private Object readResolve() {
        return INSTANCE;
    }

    /** Names the one format there is; a change of format adds a version and reads both. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeliveryRecord> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
