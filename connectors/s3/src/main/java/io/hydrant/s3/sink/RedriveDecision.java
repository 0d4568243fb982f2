package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.redrive.PreparedCommits;

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
 * @param commits what is committed beside objects, null for nothing
 */
record RedriveDecision(LedgerEntry settlement, List<S3Committable> made, PreparedCommits commits) {

    /** Of objects alone; it stays, so that older releases finish what they can. */
    private static final int VERSION_1 = 1;

    private static final int VERSION = 2;
    private static final S3CommittableSerializer COMMITTABLES = new S3CommittableSerializer();

    RedriveDecision {
        Objects.requireNonNull(settlement, "settlement");
        made = List.copyOf(made);
    }

    /** The ledger lines, in one go, so that no reader sees the one without the others. */
    List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>(made.size() + 2);
        made.forEach(each -> entries.add(each.entry()));
        if (commits != null) {
            entries.addAll(commits.entries());
        }
        entries.add(settlement);
        return entries;
    }

    byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeByte(commits == null ? VERSION_1 : VERSION);
        StateBytes.writeEntry(settlement, out);
        // A redrive bundles nothing; an older release may have to carry it out.
        out.writeInt(S3CommittableSerializer.VERSION_2);
        out.writeInt(made.size());
        for (S3Committable each : made) {
            StateBytes.writeBytes(COMMITTABLES.serializeAsVersion2(each), out);
        }
        if (commits != null) {
            out.writeInt(commits.entries().size());
            for (LedgerEntry each : commits.entries()) {
                StateBytes.writeEntry(each, out);
            }
            StateBytes.writeBytes(commits.bytes(), out);
        }
        return out.getCopyOfBuffer();
    }

    static RedriveDecision ofBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readUnsignedByte();
        if (version != VERSION && version != VERSION_1) {
            throw StateBytes.unknownVersion("The decision of a redrive", version, VERSION);
        }
        LedgerEntry settlement = StateBytes.readEntry(in);
        int committableVersion = in.readInt();
        int count = in.readInt();
        List<S3Committable> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(COMMITTABLES.deserialize(committableVersion, StateBytes.readBytes(in)));
        }
        return new RedriveDecision(settlement, made, version == VERSION_1 ? null : readCommits(in));
    }

    private static PreparedCommits readCommits(DataInputDeserializer in) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            entries.add(StateBytes.readEntry(in));
        }
        return new PreparedCommits(entries, StateBytes.readBytes(in));
    }
}
