package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.GoldenBytes;

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

    private final PutStateSerializer serializer = new PutStateSerializer();

    @Test
    void readsBackWhatItWrote() throws IOException {
        assertSameAs(ENTRIES, serializer.deserialize(1, serializer.serialize(state(ENTRIES))));
    }

    @Test
    void readsTheBytesOfVersion1() throws IOException {
        byte[] golden = GoldenBytes.read("sink-v1");

        assertSameAs(ENTRIES, serializer.deserialize(1, golden));
        assertThat(serializer.serialize(state(ENTRIES))).isEqualTo(golden);
    }

    @Test
    void readsAStateWithoutRecords() throws IOException {
        assertSameAs(List.of(), serializer.deserialize(1, serializer.serialize(state(List.of()))));
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[4]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
    }

    private static void assertSameAs(
            List<PutEntry> expected, BufferedRequestState<PutEntry> state) {
        List<RequestEntryWrapper<PutEntry>> actual = state.getBufferedRequestEntries();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            PutEntry entry = actual.get(i).getRequestEntry();
            assertThat(entry.partitionKey()).isEqualTo(expected.get(i).partitionKey());
            assertThat(entry.explicitHashKey()).isEqualTo(expected.get(i).explicitHashKey());
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
