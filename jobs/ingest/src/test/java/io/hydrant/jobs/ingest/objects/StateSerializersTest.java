package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateSerializersTest {

    private static final ObjectSplit SPLIT =
            new ObjectSplit(
                    new ArrivedObject("b", "k", "v", "e", "s"), 7, ObjectSplit.Outcome.READ);

    private static final QueueState STATE =
            new QueueState(List.of(SPLIT), List.of("x"), List.of("y", "z"));

    /** As version 1 wrote it; savepoints hold such bytes. */
    private static final String SPLIT_1 =
            "0001620001"
                    + "6b"
                    + "000176"
                    + "000165"
                    + "000173"
                    + "0000000000000007"
                    + "000452454144";

    private static final String STATE_1 =
            "00000001"
                    + "00000001"
                    + "0000001d"
                    + SPLIT_1
                    + "00000001"
                    + "000178"
                    + "00000002"
                    + "000179"
                    + "00017a";

    @Test
    void readWhatVersion1Wrote() throws IOException {
        assertThat(new ObjectSplitSerializer().deserialize(1, bytes(SPLIT_1))).isEqualTo(SPLIT);
        assertThat(new QueueStateSerializer().deserialize(1, bytes(STATE_1))).isEqualTo(STATE);
    }

    @Test
    void writeVersion1() throws IOException {
        assertThat(new ObjectSplitSerializer().serialize(SPLIT)).isEqualTo(bytes(SPLIT_1));
        assertThat(new QueueStateSerializer().serialize(STATE)).isEqualTo(bytes(STATE_1));
    }

    @Test
    void sayWhatToDoAboutANewerVersion() {
        assertThatThrownBy(() -> new QueueStateSerializer().deserialize(9, new byte[0]))
                .hasMessageContaining("has version 9, and this Hydrant reads up to version 1");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
