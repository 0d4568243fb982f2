package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.delivery.ledger.ShardTally;

import org.apache.iceberg.io.WriteResult;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateTest {

    private final TableCommitSerializer serializer = new TableCommitSerializer();

    @Test
    void aCommitIsReadAsItWasWritten() throws IOException {
        TableCommit read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(sample()));

        assertIsSample(read);
        assertThat(read.entry()).isEqualTo(sample().entry());
    }

    @Test
    void aCommitWithoutALedgerIsReadAsItWasWritten() throws IOException {
        TableCommit without =
                new TableCommit(sample().table(), sample().mark(), 12, sample().steps(), null);

        TableCommit read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(without));

        assertIsSample(read);
        assertThat(read.entry()).isNull();
    }

    @Test
    void aCommitOfVersion1StaysReadableAndHasNoEntry() throws IOException {
        TableCommit read = serializer.deserialize(1, golden("table-commit-v1.hex"));

        assertIsSample(read);
        assertThat(read.entry()).isNull();
    }

    @Test
    void aCommitOfVersion2StaysReadable() throws IOException {
        byte[] golden = golden("table-commit-v2.hex");

        TableCommit read = serializer.deserialize(2, golden);

        assertIsSample(read);
        assertThat(read.entry()).isEqualTo(sample().entry());
        assertThat(serializer.serialize(sample())).isEqualTo(golden);
    }

    @Test
    void whatTasksHandOverIsReadAsItWasWritten() throws IOException {
        LedgerTally tally = new LedgerTally();
        tally.add(Deliveries.record("{}").envelope());
        WrittenFilesSerializer files = new WrittenFilesSerializer();

        WrittenFiles read =
                files.deserialize(
                        files.getVersion(),
                        files.serialize(
                                new WrittenFiles(
                                        "shop.orders",
                                        1,
                                        1,
                                        WriteResult.builder().build(),
                                        tally)));

        assertThat(read.table()).isEqualTo("shop.orders");
        assertThat(read.step()).isEqualTo(1);
        assertThat(read.tally().shards()).isEqualTo(tally.shards());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = StateTest.class.getResourceAsStream(name)) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void aNewerVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3 and this Hydrant knows up to 2");
    }

    private static TableCommit sample() {
        return new TableCommit(
                "shop.orders",
                CommitMark.parse("0a1b-2c3d@5,ffff-0001@6"),
                12,
                List.of(List.of(new byte[] {1, 2}, new byte[] {3}), List.of(new byte[] {4, 5, 6})),
                new LedgerEntry(
                        new UUID(1, 2),
                        EntryKind.DATA,
                        "iceberg:shop.orders#ffff-0001@6",
                        2000,
                        2000,
                        12,
                        1000,
                        2000,
                        List.of(
                                new ShardTally(
                                        "orders",
                                        "shardId-000000000000",
                                        "100",
                                        3,
                                        "104",
                                        1,
                                        12,
                                        0xfedc_ba98L)),
                        "orders",
                        "1"));
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
