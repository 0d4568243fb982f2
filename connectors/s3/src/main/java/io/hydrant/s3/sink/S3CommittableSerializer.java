package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.UploadedPart;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes committables into the committer's state. */
final class S3CommittableSerializer implements SimpleVersionedSerializer<S3Committable> {

    static final int VERSION = 3;

    /** Without segments. */
    private static final int VERSION_1 = 1;

    /** Without bundles. */
    static final int VERSION_2 = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(S3Committable committable) throws IOException {
        DataOutputSerializer out = unbundled(committable);
        S3Committable.Bundled bundled = committable.bundled();
        StateBytes.writeNullable(bundled == null ? null : bundled.segment(), out);
        if (bundled != null) {
            out.writeInt(bundled.offset());
            out.writeInt(bundled.objects());
        }
        return out.getCopyOfBuffer();
    }

    /** One that is in no bundle, as older releases read it, too. */
    byte[] serializeAsVersion2(S3Committable committable) throws IOException {
        return unbundled(committable).getCopyOfBuffer();
    }

    private static DataOutputSerializer unbundled(S3Committable committable) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024 + committable.tail().length);
        StateBytes.writeEntry(committable.entry(), out);
        StateBytes.writeNullable(committable.bucket(), out);
        StateBytes.writeNullable(committable.key(), out);
        StateBytes.writeNullable(committable.uploadId(), out);
        out.writeInt(committable.parts().size());
        for (UploadedPart part : committable.parts()) {
            out.writeInt(part.number());
            out.writeUTF(part.etag());
            out.writeInt(part.length());
        }
        out.writeInt(committable.tailNumber());
        StateBytes.writeBytes(committable.tail(), out);
        StateBytes.writeTexts(committable.segments(), out);
        return out;
    }

    @Override
    public S3Committable deserialize(int version, byte[] serialized) throws IOException {
        if (version < VERSION_1 || version > VERSION) {
            throw StateBytes.unknownVersion("A committable", version, VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        LedgerEntry entry = StateBytes.readEntry(in);
        String bucket = StateBytes.readNullable(in);
        String key = StateBytes.readNullable(in);
        String uploadId = StateBytes.readNullable(in);
        int count = in.readInt();
        List<UploadedPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = in.readInt();
            String etag = in.readUTF();
            parts.add(new UploadedPart(number, etag, in.readInt()));
        }
        int tailNumber = in.readInt();
        byte[] tail = StateBytes.readBytes(in);
        return new S3Committable(
                entry,
                bucket,
                key,
                uploadId,
                parts,
                tailNumber,
                tail,
                version == VERSION_1 ? List.of() : StateBytes.readTexts(in),
                version <= VERSION_2 ? null : readBundled(in));
    }

    private static S3Committable.Bundled readBundled(DataInputDeserializer in) throws IOException {
        String segment = StateBytes.readNullable(in);
        if (segment == null) {
            return null;
        }
        int offset = in.readInt();
        return new S3Committable.Bundled(segment, offset, in.readInt());
    }
}
