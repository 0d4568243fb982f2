package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.GoldenBytes;
import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PutStateSerializerTest {

    private static final List<PutEntry> ENTRIES =
            List.of(
                    new PutEntry("clé", new byte[] {0, -1, 'x'}),
                    new PutEntry("key", "340282366920938463463374607431768211455", new byte[0]));

    private static final List<PutEntry> STAMPED =
            List.of(
                    ENTRIES.get(0),
                    new PutEntry(
                            "key", null, new byte[] {5}, new ProducerStamp("Az-_09", 1L << 40)));

    private final PutStateSerializer serializer = new PutStateSerializer();

    @Test
    void readsBackWhatItWrote() throws IOException {
        assertSameAs(ENTRIES, serializer.deserialize(2, serializer.serialize(state(ENTRIES))));
    }

    @Test
    void readsTheBytesOfVersion1() throws IOException {
        byte[] golden = GoldenBytes.read("sink-v1");

        assertSameAs(ENTRIES, serializer.deserialize(1, golden));
    }

    @Test
    void readsAndWritesTheBytesOfVersion2() throws IOException {
        byte[] golden = GoldenBytes.read("sink-v2");

        assertSameAs(STAMPED, serializer.deserialize(2, golden));
        assertThat(serializer.serialize(state(STAMPED))).isEqualTo(golden);
    }

    @Test
    void readsAStateWithoutRecords() throws IOException {
        assertSameAs(List.of(), serializer.deserialize(2, serializer.serialize(state(List.of()))));
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[4]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("reads versions 1 to 2");
    }

    private static void assertSameAs(
            List<PutEntry> expected, BufferedRequestState<PutEntry> state) {
        List<RequestEntryWrapper<PutEntry>> actual = state.getBufferedRequestEntries();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            PutEntry entry = actual.get(i).getRequestEntry();
            assertThat(entry.partitionKey()).isEqualTo(expected.get(i).partitionKey());
            assertThat(entry.explicitHashKey()).isEqualTo(expected.get(i).explicitHashKey());
            assertThat(entry.stamp()).isEqualTo(expected.get(i).stamp());
            assertThat(entry.data()).isEqualTo(expected.get(i).data());
            assertThat(actual.get(i).getSize()).isEqualTo(expected.get(i).sizeBytes());
        }
    }

    private static BufferedRequestState<PutEntry> state(List<PutEntry> entries) {
        return new BufferedRequestState<>(
                entries.stream()
                        .map(entry -> new RequestEntryWrapper<>(entry, entry.sizeBytes()))
                        .toList());
    }
}
