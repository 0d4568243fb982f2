package io.hydrant.kinesis.source.enumerator;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class HeldBackShardsTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final HeldBackShards heldBack = new HeldBackShards(TWO_MINUTES);

    @Test
    void saysItOnceInTenMinutes() {
        assertThat(listings(12, 3))
                .containsExactly(
                        false, false, false, false, true, false, false, false, false, true, false,
                        false);
        assertThat(heldBack.howLong()).isEqualTo(Duration.ofMinutes(24));
    }

    @Test
    void beginsAnewWithEachCheckpoint() {
        listings(4, 3);
        heldBack.checkpointCompleted();

        assertThat(listings(5, 3)).containsExactly(false, false, false, false, true);
    }

    @Test
    void beginsAnewWhereNothingWasHeldBackInBetween() {
        listings(4, 3);
        assertThat(heldBack.isLong(0)).isFalse();

        assertThat(listings(5, 3)).containsExactly(false, false, false, false, true);
    }

    @Test
    void saysItWithEachListingWhereListingsAreRare() {
        HeldBackShards rare = new HeldBackShards(Duration.ofHours(1));

        assertThat(rare.isLong(1)).isTrue();
        assertThat(rare.isLong(1)).isTrue();
    }

    private Boolean[] listings(int times, long shards) {
        return IntStream.range(0, times)
                .mapToObj(listing -> heldBack.isLong(shards))
                .toArray(Boolean[]::new);
    }
}
