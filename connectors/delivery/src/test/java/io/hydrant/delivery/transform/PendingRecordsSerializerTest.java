package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PendingRecordsSerializerTest {

    private static final Envelope RECORD =
            new Envelope("flights", "shard-0", "4959", 7, "ké", 1_382L, new byte[] {1, 2}, 0, 2);

    private static final Envelope ORIGINAL = RECORD.withPayload(new byte[] {9, 8, 7, 6}, 1, 2);

    private static final PendingRecords PENDING =
            new PendingRecords(
                    List.of(
                            new PendingRecord(RECORD, RECORD, 2, false),
                            new PendingRecord(RECORD, ORIGINAL, PendingRecord.FOLLOWS, true)));

    @Test
    void readsBytesOfVersion1AndWritesThemAsEver() throws IOException {
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("/pending-records-v1.bin")) {
            golden = in.readAllBytes();
        }

        assertThat(written(PENDING)).isEqualTo(golden);
        PendingRecords read = read(golden);
        assertThat(read).isEqualTo(PENDING);
        assertThat(read.records().get(0).original()).isSameAs(read.records().get(0).record());
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() throws IOException {
        byte[] bytes = written(PENDING);
        bytes[0] = 2;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    private static byte[] written(PendingRecords pending) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        PendingRecordsSerializer.INSTANCE.serialize(pending, out);
        return out.getCopyOfBuffer();
    }

    private static PendingRecords read(byte[] bytes) throws IOException {
        return PendingRecordsSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
