package io.hydrant.localstack.fakes.kinesis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A record to fill a stream with, as often as asked for ({@link FakeKinesis#fill}).
 *
 * @param partitionKey decides the shard where there is no explicit hash key
 * @param explicitHashKey a decimal number that decides the shard, or null
 * @param data payload; served to everybody, so nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only served
public record PreparedRecord(String partitionKey, String explicitHashKey, byte[] data) {

    /** Writes records to a file that {@link #readAll} reads. */
    public static void writeAll(Path file, List<PreparedRecord> records) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(records.size());
            for (PreparedRecord one : records) {
                out.writeUTF(one.partitionKey);
                out.writeUTF(one.explicitHashKey == null ? "" : one.explicitHashKey);
                out.writeInt(one.data.length);
                out.write(one.data);
            }
        }
    }

    /** Reads what {@link #writeAll} wrote. */
    public static List<PreparedRecord> readAll(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            List<PreparedRecord> records = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String partitionKey = in.readUTF();
                String explicitHashKey = in.readUTF();
                byte[] data = new byte[in.readInt()];
                in.readFully(data);
                records.add(
                        new PreparedRecord(
                                partitionKey,
                                explicitHashKey.isEmpty() ? null : explicitHashKey,
                                data));
            }
            return records;
        }
    }
}
