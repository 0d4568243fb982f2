package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerTally;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.apache.iceberg.io.WriteResult;

import java.io.IOException;

/**
 * Takes written files from task to task, within one job: they are in no state, which has {@link
 * TableCommit} instead, and so may be Iceberg's own objects.
 */
final class WrittenFilesSerializer implements SimpleVersionedSerializer<WrittenFiles> {

    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WrittenFiles written) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeUTF(written.table());
        out.writeInt(written.step());
        out.writeLong(written.rows());
        byte[] files = InstantiationUtil.serializeObject(written.files());
        out.writeInt(files.length);
        out.write(files);
        written.tally().writeTo(out);
        return out.getCopyOfBuffer();
    }

    @Override
    public WrittenFiles deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("Written files are of version " + version + ", not " + VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String table = in.readUTF();
        int step = in.readInt();
        long rows = in.readLong();
        byte[] files = new byte[in.readInt()];
        in.readFully(files);
        try {
            WriteResult result =
                    InstantiationUtil.deserializeObject(
                            files, WrittenFilesSerializer.class.getClassLoader());
            return new WrittenFiles(table, step, rows, result, LedgerTally.readFrom(in));
        } catch (ClassNotFoundException e) {
            throw new IOException("Written files are of another Iceberg", e);
        }
    }
}
