package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.s3.sink.S3Committable;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class StagedFileTest {

    @Test
    void whatRecordsWereTakenApartIntoCountsAsRows() {
        LedgerEntry parts =
                new LedgerEntry(
                        new UUID(1, 2),
                        EntryKind.DATA,
                        "s3://stage/k",
                        3,
                        3,
                        2,
                        10,
                        20,
                        List.of(new ShardTally("in", "shard-0", "1", 0, "2", 0, 2, 77, 5)),
                        "flights",
                        "1");

        assertThat(
                        StagedFile.of(
                                        new S3Committable(
                                                parts,
                                                "stage",
                                                "k",
                                                null,
                                                List.of(),
                                                0,
                                                new byte[0],
                                                List.of()))
                                .records())
                .isEqualTo(7);
    }
}
