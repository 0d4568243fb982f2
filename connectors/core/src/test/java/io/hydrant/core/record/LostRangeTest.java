package io.hydrant.core.record;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LostRangeTest {

    private static final LostRange BETWEEN =
            new LostRange("flights", "shard-0", "17", 3, "42", 1_000, 2_000, false);
    private static final LostRange FROM_THE_BEGINNING =
            new LostRange("flights", "shard-0", null, 0, null, 0, 2_000, true);

    @Test
    void comesThroughTheCorridorAsItWas() throws IOException {
        for (LostRange range : new LostRange[] {BETWEEN, FROM_THE_BEGINNING}) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            EnvelopeSerializer.INSTANCE.serialize(range.marker(), out);
            Envelope read =
                    EnvelopeSerializer.INSTANCE.deserialize(
                            new DataInputDeserializer(out.getCopyOfBuffer()));

            assertThat(LostRange.isMarker(read)).isTrue();
            assertThat(LostRange.of(read)).isEqualTo(range);
        }
    }

    @Test
    void isToldFromRecords() {
        Envelope record = new Envelope("flights", "shard-0", "17", 0, "k", 0, new byte[0], 0, 0);

        assertThat(LostRange.isMarker(record)).isFalse();
        assertThatThrownBy(() -> LostRange.of(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a record and marks no loss");
    }

    @Test
    void refusesMarkersOfNewerVersionsAndCutOnes() {
        Envelope marker = BETWEEN.marker();
        byte[] newer = marker.payloadCopy();
        newer[0] = 2;

        assertThatThrownBy(() -> LostRange.of(marker.withPayload(newer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has version 2");
        assertThatThrownBy(() -> LostRange.of(marker.withPayload(newer, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut short");
    }
}
