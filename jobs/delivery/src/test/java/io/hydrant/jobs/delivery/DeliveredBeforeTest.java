package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveredBeforeTest {

    private final DeliveredBefore before =
            DeliveredBefore.ofStream(
                    "orders", Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000));

    @ParameterizedTest
    @CsvSource({
        "DATA, 1000, 1000, true",
        "DATA, 1999, 5000, true",
        "DATA, 0, 1000, true",
        // May hold none of the range; nobody can tell.
        "DATA, 0, 5000, true",
        "DATA, 0, 999, false",
        "DATA, 2000, 2000, false",
        "ERROR, 1500, 1500, true",
        "BACKUP, 1500, 1500, false",
        "REDRIVEN, 1500, 1500, false",
    })
    void countsObjectsWhoseArrivalsReachIntoTheRange(
            EntryKind kind, long oldest, long newest, boolean counts) {
        before.add(entry(kind, "orders", "shard-0", oldest, newest));

        assertThat(before.isNothing()).isEqualTo(!counts);
    }

    @Test
    void countsDroppedRecordsAndNoneOfAnotherStreamOrOfARedrive() {
        before.add(entry(EntryKind.DATA, "clicks", "shard-0", 1_500));
        before.add(entry(EntryKind.DATA, "orders", "shard-0", 1_500).redrivenBy(new UUID(1, 2)));
        assertThat(before.isNothing()).isTrue();

        before.add(
                LedgerEntry.ofDropped(
                        UUID.randomUUID(), tally("orders", "shard-0", 1_700), "d", "1"));
        assertThat(before.isNothing()).isFalse();
        assertThat(before.oldest()).isEqualTo(Instant.ofEpochMilli(1_700));
        assertThat(before.text())
                .isEqualTo(
                        "has 1 records of it in 1 entries already, which arrived from 1970-01-01T00:00:01.700Z to 1970-01-01T00:00:01.700Z");
    }

    @Test
    void ofAnArchiveCountsItsOwnObjectsWheneverTheyArrived() {
        DeliveredBefore archive = DeliveredBefore.ofArchive("s3://lake", "raw/2026/");
        archive.add(entry(EntryKind.DATA, "s3://lake", "raw/2025/a", 1));
        archive.add(entry(EntryKind.DATA, "s3://other", "raw/2026/a", 1));
        assertThat(archive.isNothing()).isTrue();

        archive.add(entry(EntryKind.DATA, "s3://lake", "raw/2026/a", 1));
        assertThat(archive.isNothing()).isFalse();
    }

    private static LedgerEntry entry(
            EntryKind kind, String stream, String shard, long... arrivals) {
        UUID id = UUID.randomUUID();
        return LedgerEntry.ofObject(
                id, kind, "s3://b/" + id, 10, 20, tally(stream, shard, arrivals), "d", "1");
    }

    private static LedgerTally tally(String stream, String shard, long... arrivals) {
        LedgerTally tally = new LedgerTally();
        for (int i = 0; i < arrivals.length; i++) {
            tally.add(
                    new Envelope(
                            stream,
                            shard,
                            Integer.toString(i),
                            0,
                            "k",
                            arrivals[i],
                            new byte[0],
                            0,
                            0));
        }
        return tally;
    }
}
