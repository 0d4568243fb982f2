package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class GivenStampsTest {

    private final GivenStamps stamps = new GivenStamps();

    @Test
    void admitsWhatIsNearTheSmallestNumberOnItsWay() {
        stamps.taken(stamp("a", 10));
        stamps.taken(stamp("a", 11));

        assertThat(stamps.admits(stamp("a", 10 + ProducerStamp.WINDOW - 1))).isTrue();
        assertThat(stamps.admits(stamp("a", 10 + ProducerStamp.WINDOW))).isFalse();
    }

    @Test
    void aGapCountsLikeRecordsBecauseReadersSeeNumbersOnly() {
        stamps.taken(stamp("a", 0));

        assertThat(stamps.admits(stamp("a", 1_000_000))).isFalse();
        stamps.delivered(List.of(entry("a", 0)));
        assertThat(stamps.admits(stamp("a", 1_000_000))).isTrue();
    }

    @Test
    void theWindowMovesWithTheSmallestNumberWhateverArrivesFirst() {
        stamps.taken(stamp("a", 0));
        stamps.taken(stamp("a", 1));

        stamps.delivered(List.of(entry("a", 1)));
        assertThat(stamps.admits(stamp("a", ProducerStamp.WINDOW))).isFalse();
        stamps.delivered(List.of(entry("a", 0)));
        assertThat(stamps.admits(stamp("a", ProducerStamp.WINDOW))).isTrue();
    }

    @Test
    void numbersFarBelowThoseOnTheirWayWaitForThem() {
        stamps.taken(stamp("a", 100_000));

        assertThat(stamps.admits(stamp("a", 100_000 - ProducerStamp.WINDOW))).isFalse();
        assertThat(stamps.admits(stamp("a", 100_001 - ProducerStamp.WINDOW))).isTrue();
    }

    @Test
    void producersDoNotWaitForEachOther() {
        stamps.taken(stamp("slow", 0));

        assertThat(stamps.admits(stamp("fast", ProducerStamp.WINDOW * 3L))).isTrue();
    }

    @Test
    void recordsWithoutAStampCountForNothing() {
        stamps.taken(stamp("a", 0));

        stamps.delivered(List.of(new PutEntry("key", new byte[0])));

        assertThat(stamps.admits(stamp("a", ProducerStamp.WINDOW))).isFalse();
    }

    private static ProducerStamp stamp(String producer, long number) {
        return new ProducerStamp(producer, number);
    }

    private static PutEntry entry(String producer, long number) {
        return new PutEntry("key", null, new byte[0], stamp(producer, number));
    }
}
