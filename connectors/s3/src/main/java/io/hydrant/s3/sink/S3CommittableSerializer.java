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

    static final int VERSION = 2;

    /** Without segments. */
    private static final int VERSION_1 = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(S3Committable committable) throws IOException {
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
        return out.getCopyOfBuffer();
    }

    @Override
    public S3Committable deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION && version != VERSION_1) {
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
                version == VERSION_1 ? List.of() : StateBytes.readTexts(in));
    }
}
