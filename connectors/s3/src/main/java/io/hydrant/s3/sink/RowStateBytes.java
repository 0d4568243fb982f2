package io.hydrant.s3.sink;

import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.s3.sink.S3WriterState.OpenRows;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How an open object of rows is written into the state. */
final class RowStateBytes {

    private RowStateBytes() {}

    static void write(OpenRows rows, DataOutputSerializer out) throws IOException {
        out.writeUTF(rows.group().partition());
        S3WriterStateSerializer.writeGroup(rows.group(), out);
        out.writeLong(rows.openedAtMillis());
        out.writeUTF(rows.format().name());
        // A table of many columns is longer than writeUTF takes.
        StateBytes.writeBytes(rows.columns().getBytes(StandardCharsets.UTF_8), out);
        StateBytes.writeBytes(rows.raw(), out);
        StateBytes.writeBytes(rows.tail(), out);
        rows.tally().writeTo(out);
        out.writeLong(rows.uncompressedBytes());
        out.writeLong(rows.encodedBytes());
        out.writeInt(rows.segments().size());
        for (OpenRows.Staged segment : rows.segments()) {
            out.writeUTF(segment.key());
            out.writeInt(segment.length());
            out.writeBoolean(segment.pending() != null);
            if (segment.pending() != null) {
                StateBytes.writeBytes(segment.pending(), out);
            }
        }
    }

    static OpenRows read(DataInputDeserializer in) throws IOException {
        String partition = in.readUTF();
        Group group = S3WriterStateSerializer.readGroup(in, partition);
        long openedAtMillis = in.readLong();
        ColumnarFormat format = ColumnarFormat.valueOf(in.readUTF());
        String columns = new String(StateBytes.readBytes(in), StandardCharsets.UTF_8);
        byte[] raw = StateBytes.readBytes(in);
        byte[] tail = StateBytes.readBytes(in);
        LedgerTally tally = LedgerTally.readFrom(in);
        long uncompressedBytes = in.readLong();
        long encodedBytes = in.readLong();
        int count = in.readInt();
        List<OpenRows.Staged> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = in.readUTF();
            int length = in.readInt();
            segments.add(
                    new OpenRows.Staged(
                            key, length, in.readBoolean() ? StateBytes.readBytes(in) : null));
        }
        return new OpenRows(
                group,
                openedAtMillis,
                format,
                columns,
                raw,
                tail,
                tally,
                uncompressedBytes,
                encodedBytes,
                segments);
    }
}
