package io.hydrant.core.record;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadingBeginTest {

    private static final Envelope FIRST =
            new Envelope("flights", "shard-0", "17", 3, "k", 2_500, new byte[0], 0, 0);
    private static final ReadingBegin BEGIN = ReadingBegin.at(FIRST, 2_000);

    @Test
    void comesThroughTheCorridorAsItWas() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        EnvelopeSerializer.INSTANCE.serialize(BEGIN.marker(), out);
        Envelope read =
                EnvelopeSerializer.INSTANCE.deserialize(
                        new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(ReadingBegin.isMarker(read)).isTrue();
        assertThat(ReadingBegin.of(read))
                .isEqualTo(new ReadingBegin("flights", "shard-0", "17", 3, 2_000));
    }

    @Test
    void isToldFromRecordsAndFromLosses() {
        Envelope loss = new LostRange("flights", "shard-0", "1", 0, "2", 0, 1, false).marker();

        assertThat(ReadingBegin.isMarker(FIRST)).isFalse();
        assertThat(ReadingBegin.isMarker(loss)).isFalse();
        assertThat(LostRange.isMarker(BEGIN.marker())).isFalse();
        assertThatThrownBy(() -> ReadingBegin.of(FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a record and marks no begin");
    }

    @Test
    void refusesMarkersOfNewerVersionsAndCutOnes() {
        byte[] newer = BEGIN.marker().payloadCopy();
        newer[0] = 2;

        assertThatThrownBy(() -> ReadingBegin.of(BEGIN.marker().withPayload(newer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has version 2");
        assertThatThrownBy(() -> ReadingBegin.of(BEGIN.marker().withPayload(newer, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 bytes");
    }
}
