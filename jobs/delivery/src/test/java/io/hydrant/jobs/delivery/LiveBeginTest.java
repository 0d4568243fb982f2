package io.hydrant.jobs.delivery;

import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.ledger.LedgerEntry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class LiveBeginTest {

    private final LiveBegin live = new LiveBegin("orders", Instant.ofEpochMilli(1_000));

    @Test
    void isTheFirstBeginOfTheStreamBehindTheStartOfTheReplay() {
        live.add(begun("orders", 9_000));
        live.add(begun("orders", 1_000));
        live.add(begun("clicks", 2_000));
        live.add(begun("orders", 5_000));
        live.add(begun("orders", 7_000));

        assertThat(live.time()).isEqualTo(Instant.ofEpochMilli(5_000));
    }

    @Test
    void isNotKnownWhereNoEntrySaysIt() {
        LostRange lost = new LostRange("orders", "shard-0", "1", 0, "2", 2_000, 3_000, false);
        live.add(LedgerEntry.ofLost(UUID.randomUUID(), lost, "d", "1"));

        assertThat(live.time()).isNull();
    }

    private static LedgerEntry begun(String stream, long millis) {
        return LedgerEntry.ofBegun(
                UUID.randomUUID(),
                List.of(new ReadingBegin(stream, "shard-0", "7", 0, millis)),
                "d",
                "1");
    }
}
