package io.hydrant.s3.sink;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes what a writer keeps of its objects; enums by name, so that they may be reordered. */
final class S3WriterStateSerializer implements SimpleVersionedSerializer<S3WriterState> {

    static final int VERSION = 4;

    /**
     * Without rows, segments and packs; version 2 lacks the packs, and up to version 3 rows are
     * gzip, see {@link RowBlocks}.
     */
    private static final int VERSION_1 = 1;

    private static final int OPEN = 1;
    private static final int ROLLED = 2;
    private static final int OPEN_OF_PARTITION = 3;
    private static final int OPEN_ROWS = 5;
    private static final int PACKED = 6;

    /** In front of an open object whose compression has a checksum over the whole. */
    private static final int CHECKSUM = 4;

    /** What a state of few shards takes besides its bytes. */
    private static final int ROOM_BESIDE_BYTES = 1024;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(S3WriterState state) throws IOException {
        // So large that it need not grow by doubling, which copies what it holds again and again.
        DataOutputSerializer out = new DataOutputSerializer(ROOM_BESIDE_BYTES + bytesOf(state));
        write(state, out);
        return out.getCopyOfBuffer();
    }

    static void write(S3WriterState state, DataOutputSerializer out) throws IOException {
        if (state instanceof S3WriterState.Open open) {
            if (open.checksum() != 0) {
                out.writeByte(CHECKSUM);
                out.writeInt(open.checksum());
            }
            String partition = open.group().partition();
            if (partition.isEmpty()) {
                out.writeByte(OPEN);
            } else {
                out.writeByte(OPEN_OF_PARTITION);
                out.writeUTF(partition);
            }
            writeOpen(open, out);
        } else if (state instanceof S3WriterState.Rolled rolled) {
            out.writeByte(ROLLED);
            StateBytes.writeEntry(rolled.entry(), out);
            writeUpload(rolled.upload(), out);
            StateBytes.writeBytes(rolled.tail(), out);
            StateBytes.writeTexts(rolled.segments(), out);
        } else if (state instanceof S3WriterState.OpenRows rows) {
            out.writeByte(OPEN_ROWS);
            RowStateBytes.write(rows, out);
        } else if (state instanceof S3WriterState.Packed packed) {
            out.writeByte(PACKED);
            out.writeInt(packed.version());
            StateBytes.writeBytes(packed.bytes(), out);
        }
    }

    /** Bytes of content, which make nearly all of a state of any size. */
    static int bytesOf(S3WriterState state) {
        if (state instanceof S3WriterState.Open open) {
            return open.raw().length + open.tail().length;
        }
        if (state instanceof S3WriterState.OpenRows rows) {
            return rows.raw().length + rows.tail().length;
        }
        if (state instanceof S3WriterState.Packed packed) {
            return packed.bytes().length;
        }
        return state instanceof S3WriterState.Rolled rolled ? rolled.tail().length : 0;
    }

    @Override
    public S3WriterState deserialize(int version, byte[] serialized) throws IOException {
        if (version < VERSION_1 || version > VERSION) {
            throw StateBytes.unknownVersion("The state of an S3 writer", version, VERSION);
        }
        return read(version, new DataInputDeserializer(serialized));
    }

    static S3WriterState read(int version, DataInputDeserializer in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case OPEN -> readOpen(in, "");
            case OPEN_OF_PARTITION -> readOpen(in, in.readUTF());
            case CHECKSUM -> {
                int checksum = in.readInt();
                if (read(version, in) instanceof S3WriterState.Open open) {
                    yield open.withChecksum(checksum);
                }
                throw new IOException("State is damaged: a checksum belongs to no open object");
            }
            case ROLLED -> {
                LedgerEntry entry = StateBytes.readEntry(in);
                UploadState upload = readUpload(in);
                byte[] tail = StateBytes.readBytes(in);
                yield new S3WriterState.Rolled(
                        entry,
                        upload,
                        tail,
                        version == VERSION_1 ? List.of() : StateBytes.readTexts(in));
            }
            case OPEN_ROWS -> RowStateBytes.read(in);
            case PACKED -> new S3WriterState.Packed(in.readInt(), StateBytes.readBytes(in));
            default -> throw new IOException("State is damaged: there is no kind " + kind);
        };
    }

    static void writeGroup(Group group, DataOutputSerializer out) throws IOException {
        StateBytes.writeNullable(group.error() == null ? null : group.error().name(), out);
        out.writeUTF(group.prefix());
    }

    static Group readGroup(DataInputDeserializer in, String partition) throws IOException {
        String error = StateBytes.readNullable(in);
        return new Group(
                error == null ? null : ErrorOutputType.valueOf(error), in.readUTF(), partition);
    }

    private static void writeOpen(S3WriterState.Open open, DataOutputSerializer out)
            throws IOException {
        writeGroup(open.group(), out);
        out.writeLong(open.openedAtMillis());
        out.writeUTF(open.compression().name());
        StateBytes.writeBytes(open.raw(), out);
        StateBytes.writeBytes(open.tail(), out);
        open.tally().writeTo(out);
        out.writeLong(open.uncompressedBytes());
        out.writeLong(open.encodedBytes());
        out.writeBoolean(open.upload() != null);
        if (open.upload() != null) {
            writeUpload(open.upload(), out);
        }
    }

    private static S3WriterState.Open readOpen(DataInputDeserializer in, String partition)
            throws IOException {
        Group group = readGroup(in, partition);
        long openedAtMillis = in.readLong();
        Compression compression = Compression.valueOf(in.readUTF());
        byte[] raw = StateBytes.readBytes(in);
        byte[] tail = StateBytes.readBytes(in);
        LedgerTally tally = LedgerTally.readFrom(in);
        long uncompressedBytes = in.readLong();
        long encodedBytes = in.readLong();
        return new S3WriterState.Open(
                group,
                openedAtMillis,
                compression,
                raw,
                tail,
                tally,
                uncompressedBytes,
                encodedBytes,
                in.readBoolean() ? readUpload(in) : null,
                0);
    }

    private static void writeUpload(UploadState upload, DataOutputSerializer out)
            throws IOException {
        out.writeUTF(upload.bucket());
        out.writeUTF(upload.key());
        StateBytes.writeId(upload.id(), out);
        out.writeLong(upload.namedForMillis());
        StateBytes.writeNullable(upload.uploadId(), out);
        out.writeInt(upload.parts().size());
        for (UploadState.Part part : upload.parts()) {
            out.writeInt(part.number());
            out.writeInt(part.length());
            StateBytes.writeNullable(part.etag(), out);
            if (part.etag() == null) {
                StateBytes.writeBytes(part.pending(), out);
            }
        }
    }

    private static UploadState readUpload(DataInputDeserializer in) throws IOException {
        String bucket = in.readUTF();
        String key = in.readUTF();
        UUID id = StateBytes.readId(in);
        long namedForMillis = in.readLong();
        String uploadId = StateBytes.readNullable(in);
        int count = in.readInt();
        List<UploadState.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = in.readInt();
            int length = in.readInt();
            String etag = StateBytes.readNullable(in);
            parts.add(
                    new UploadState.Part(
                            number, length, etag, etag == null ? StateBytes.readBytes(in) : null));
        }
        return new UploadState(bucket, key, id, namedForMillis, uploadId, parts);
    }
}
