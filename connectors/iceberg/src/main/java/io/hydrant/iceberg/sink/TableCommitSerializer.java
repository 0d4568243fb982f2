package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps commits that are due in the state. */
final class TableCommitSerializer implements SimpleVersionedSerializer<TableCommit> {

    private static final int VERSION = 2;

    /** Without what the ledger says. */
    private static final int VERSION_1 = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(TableCommit commit) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        write(commit.table().getBytes(StandardCharsets.UTF_8), out);
        write(commit.mark().toString().getBytes(StandardCharsets.UTF_8), out);
        out.writeLong(commit.rows());
        out.writeInt(commit.steps().size());
        for (List<byte[]> step : commit.steps()) {
            out.writeInt(step.size());
            for (byte[] manifest : step) {
                write(manifest, out);
            }
        }
        out.writeBoolean(commit.entry() != null);
        if (commit.entry() != null) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
            LedgerLine.write(commit.entry(), line);
            write(line.toByteArray(), out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public TableCommit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION && version != VERSION_1) {
            throw new IOException(
                    "A commit to Iceberg is of version "
                            + version
                            + " and this Hydrant knows up to "
                            + VERSION
                            + "; go on with the newer one");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String table = new String(read(in), StandardCharsets.UTF_8);
        CommitMark mark = CommitMark.parse(new String(read(in), StandardCharsets.UTF_8));
        long rows = in.readLong();
        List<List<byte[]>> steps = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            List<byte[]> step = new ArrayList<>();
            int manifests = in.readInt();
            for (int j = 0; j < manifests; j++) {
                step.add(read(in));
            }
            steps.add(step);
        }
        boolean hasEntry = version != VERSION_1 && in.readBoolean();
        LedgerEntry entry =
                hasEntry ? LedgerLine.read(new String(read(in), StandardCharsets.UTF_8)) : null;
        return new TableCommit(table, mark, rows, steps, entry);
    }

    private static void write(byte[] bytes, DataOutputSerializer out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputDeserializer in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
