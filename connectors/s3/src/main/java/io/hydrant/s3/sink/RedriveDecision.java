package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What comes of the records of one error object, all of them: once this is stored, it happens.
 *
 * @param settlement the ledger line that says what was read
 * @param made objects that hold the records from now on, and lines of those that were dropped
 */
record RedriveDecision(LedgerEntry settlement, List<S3Committable> made) {

    private static final int VERSION = 1;
    private static final S3CommittableSerializer COMMITTABLES = new S3CommittableSerializer();

    RedriveDecision {
        Objects.requireNonNull(settlement, "settlement");
        made = List.copyOf(made);
    }

    /** The ledger lines, in one go, so that no reader sees the one without the others. */
    List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>(made.size() + 1);
        made.forEach(each -> entries.add(each.entry()));
        entries.add(settlement);
        return entries;
    }

    byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeByte(VERSION);
        StateBytes.writeEntry(settlement, out);
        out.writeInt(COMMITTABLES.getVersion());
        out.writeInt(made.size());
        for (S3Committable each : made) {
            StateBytes.writeBytes(COMMITTABLES.serialize(each), out);
        }
        return out.getCopyOfBuffer();
    }

    static RedriveDecision ofBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw StateBytes.unknownVersion("The decision of a redrive", version, VERSION);
        }
        LedgerEntry settlement = StateBytes.readEntry(in);
        int committableVersion = in.readInt();
        int count = in.readInt();
        List<S3Committable> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(COMMITTABLES.deserialize(committableVersion, StateBytes.readBytes(in)));
        }
        return new RedriveDecision(settlement, made);
    }
}
