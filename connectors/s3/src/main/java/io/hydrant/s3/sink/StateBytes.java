package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The pieces that the states of this room are written of. */
final class StateBytes {

    private StateBytes() {}

    static void writeBytes(byte[] bytes, DataOutputSerializer out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputDeserializer in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException(
                    "State is damaged: "
                            + length
                            + " bytes should follow, but "
                            + in.available()
                            + " do");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void writeNullable(String text, DataOutputSerializer out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    static String readNullable(DataInputDeserializer in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    static void writeTexts(List<String> texts, DataOutputSerializer out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    static List<String> readTexts(DataInputDeserializer in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    static void writeId(UUID id, DataOutputSerializer out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(DataInputDeserializer in) throws IOException {
        long high = in.readLong();
        return new UUID(high, in.readLong());
    }

    /** A ledger entry as its line, which has a version of its own. */
    static void writeEntry(LedgerEntry entry, DataOutputSerializer out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        LedgerLine.write(entry, line);
        writeBytes(line.toByteArray(), out);
    }

    static LedgerEntry readEntry(DataInputDeserializer in) throws IOException {
        return LedgerLine.read(new String(readBytes(in), StandardCharsets.UTF_8));
    }

    static IOException unknownVersion(String what, int version, int newest) {
        return new IOException(
                what
                        + " of version "
                        + version
                        + " cannot be read; this Hydrant knows versions up to "
                        + newest
                        + ". Restore with the release that wrote it, or a newer one.");
    }
}
