package io.hydrant.kinesis.source.reader;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ShardPaceTest {

    private static final long MILLI = 1_000_000L;
    private static final int MIB = 1024 * 1024;

    private final ShardPace pace = pace(10_000, 4 * MIB);

    @Test
    void neverCallsMoreThanFiveTimesASecond() {
        assertThat(pace.afterPage(0, 0, 10_000, MIB)).isEqualTo(200 * MILLI);
        assertThat(pace.afterPage(0, 0, 1, 1)).isEqualTo(200 * MILLI);
    }

    @Test
    void waitsLongerAfterACallThatReturnedNothing() {
        assertThat(pace.afterPage(7, 0, 0, 0)).isEqualTo(250 * MILLI + 7);
    }

    @Test
    void asksAShardThatHadNothingLessOftenWhileItComesLateToItsShards() {
        assertThat(pace.afterPage(7, 100 * MILLI, 0, 0)).isEqualTo(250 * MILLI + 7);
        assertThat(pace.afterPage(7, 600 * MILLI, 0, 0)).isEqualTo(600 * MILLI + 7);
        assertThat(pace.afterPage(7, 60_000 * MILLI, 0, 0)).isEqualTo(1_000 * MILLI + 7);
        assertThat(pace.afterPage(7, 60_000 * MILLI, 1, 1)).isEqualTo(200 * MILLI + 7);
    }

    @Test
    void startsCarefullyAndThenAsksForWhatFitsTheTarget() {
        assertThat(pace.limit()).isEqualTo(10);
        pace.afterPage(0, 0, 10, 10 * 1024L);
        assertThat(pace.limit()).isEqualTo(4_096);
        for (int i = 0; i < 30; i++) {
            pace.afterPage(0, 0, 10, 10L * MIB);
        }
        assertThat(pace.limit()).isEqualTo(4);
    }

    @Test
    void startsAtTheSizeThatIsExpectedUntilItKnowsItsOwn() {
        pace.expect(0);
        assertThat(pace.limit()).isEqualTo(10);
        pace.expect(1024);
        assertThat(pace.limit()).isEqualTo(4_096);
        pace.expect(1);
        assertThat(pace.limit()).isEqualTo(4_096);
    }

    @Test
    void asksForAtLeastOneRecordAndNotForMoreThanAllowed() {
        ShardPace small = pace(5, 10);
        assertThat(small.limit()).isEqualTo(5);
        small.afterPage(0, 0, 1, MIB);
        assertThat(small.limit()).isEqualTo(1);

        ShardPace empty = pace(10_000, MIB);
        empty.afterPage(0, 0, 100, 0);
        assertThat(empty.limit()).isEqualTo(10_000);
    }

    @Test
    void readsAtTheServicesRateOnceItWasThrottled() {
        pace.afterThrottle(0);

        assertThat(pace.afterPage(0, 0, 4_000, 4L * MIB)).isEqualTo(2_000 * MILLI);
    }

    @Test
    void readsSlowerWhileItIsThrottledAndFasterAgainLater() {
        for (int i = 0; i < 3; i++) {
            pace.afterThrottle(0);
        }
        long slow = pace.afterPage(0, 0, 4_000, 4L * MIB);
        for (int i = 0; i < 200; i++) {
            pace.afterPage(0, 0, 4_000, 4L * MIB);
        }

        assertThat(slow).isGreaterThan(4_000 * MILLI);
        assertThat(pace.afterPage(0, 0, 4_000, 4L * MIB)).isEqualTo(2_000 * MILLI);
    }

    @Test
    void backsOffFurtherWithEveryFailureInARowAndStartsOverAfterASuccess() {
        long first = pace.afterTrouble(0);
        long last = first;
        for (int i = 0; i < 10; i++) {
            last = pace.afterTrouble(0);
        }
        pace.afterPage(0, 0, 1, 1);
        long again = pace.afterTrouble(0);

        assertThat(first).isBetween(350 * MILLI, 650 * MILLI);
        assertThat(last).isBetween(21_000 * MILLI, 39_000 * MILLI);
        assertThat(again).isBetween(350 * MILLI, 650 * MILLI);
    }

    private static ShardPace pace(int maxRecords, long targetBytes) {
        return new ShardPace(
                maxRecords,
                targetBytes,
                Duration.ofMillis(200),
                Duration.ofMillis(250),
                new Random(1));
    }
}
