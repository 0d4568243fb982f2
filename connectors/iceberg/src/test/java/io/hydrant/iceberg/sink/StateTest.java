package io.hydrant.iceberg.sink;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateTest {

    private final TableCommitSerializer serializer = new TableCommitSerializer();

    @Test
    void aCommitIsReadAsItWasWritten() throws IOException {
        TableCommit read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(sample()));

        assertIsSample(read);
    }

    @Test
    void aCommitOfVersion1StaysReadable() throws IOException {
        try (InputStream in = StateTest.class.getResourceAsStream("table-commit-v1.hex")) {
            byte[] golden =
                    HexFormat.of()
                            .parseHex(
                                    new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                            .strip());

            assertIsSample(serializer.deserialize(1, golden));
            assertThat(serializer.serialize(sample())).isEqualTo(golden);
        }
    }

    @Test
    void aNewerVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2 and this Hydrant knows up to 1");
    }

    private static TableCommit sample() {
        return new TableCommit(
                "shop.orders",
                CommitMark.parse("0a1b-2c3d@5,ffff-0001@6"),
                12,
                List.of(List.of(new byte[] {1, 2}, new byte[] {3}), List.of(new byte[] {4, 5, 6})));
    }

    private static void assertIsSample(TableCommit commit) {
        assertThat(commit.table()).isEqualTo("shop.orders");
        assertThat(commit.mark()).hasToString("0a1b-2c3d@5,ffff-0001@6");
        assertThat(commit.rows()).isEqualTo(12);
        assertThat(commit.steps()).hasSize(2);
        assertThat(commit.steps().get(0)).containsExactly(new byte[] {1, 2}, new byte[] {3});
        assertThat(commit.steps().get(1)).containsExactly(new byte[] {4, 5, 6});
    }
}
