package io.hydrant.core.record;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;

import static org.assertj.core.api.Assertions.assertThat;

class EnvelopeSerializerTest {

    private static final Envelope RECORD =
            new Envelope(
                    "orders",
                    "shardId-000000000001",
                    "49590338271490256608559692538361571095921575989136588898",
                    7,
                    "clé",
                    1_700_000_000_123L,
                    new byte[] {9, 0, -1, 'x', 9},
                    1,
                    3);

    @Test
    void writesOnlyTheSliceAndReadsItBack() throws IOException {
        Envelope read = read(written(RECORD));

        assertThat(read).isEqualTo(RECORD);
        assertThat(read.payloadArray()).containsExactly(0, -1, 'x');
    }

    @Test
    void readsTheBytesOfVersion1() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/envelope-v1.bin")) {
            assertThat(read(golden.readAllBytes())).isEqualTo(RECORD);
        }
    }

    @Test
    void carriesAnEmptyPayload() throws IOException {
        Envelope empty = RECORD.withPayload(new byte[0]);

        assertThat(read(written(empty))).isEqualTo(empty);
    }

    @Test
    void typeAndSerializerStaySingletonsOverJavaSerialization() throws Exception {
        assertThat(InstantiationUtil.clone(EnvelopeTypeInformation.INSTANCE))
                .isSameAs(EnvelopeTypeInformation.INSTANCE);
        assertThat(EnvelopeTypeInformation.INSTANCE.createSerializer(new SerializerConfigImpl()))
                .isSameAs(EnvelopeSerializer.INSTANCE);
    }

    @Test
    void neverPrintsThePayload() {
        assertThat(
                        RECORD.withPayload(
                                        "s3cr3t".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString())
                .doesNotContain("s3cr3t")
                .contains("orders/shardId-000000000001/4959", "6 bytes");
    }

    private static byte[] written(Envelope record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        EnvelopeSerializer.INSTANCE.serialize(record, out);
        return out.getCopyOfBuffer();
    }

    private static Envelope read(byte[] bytes) throws IOException {
        return EnvelopeSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
