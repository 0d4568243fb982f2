package io.hydrant.sql.kda.job;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowClockTest {

    private static final long IDLE = 1_000;
    private static final long BACKLOG = 60_000;

    private final RowClock clock = new RowClock(IDLE, BACKLOG);

    @Test
    void givesARecordTheTimeOfItsArrival() {
        clock.watermark(4_999);

        assertThat(clock.rowtime(5_000)).isEqualTo(5_000);
        assertThat(clock.rowtime(7_000)).isEqualTo(7_000);
        assertThat(clock.rowtime(6_000)).isEqualTo(6_000);
    }

    @Test
    void givesARecordThatTimeHasPassedTheEarliestThatCounts() {
        clock.watermark(4_999);

        assertThat(clock.rowtime(4_999)).isEqualTo(5_000);
        assertThat(clock.rowtime(10)).isEqualTo(5_000);
    }

    @Test
    void neverGoesBack() {
        clock.watermark(4_999);

        assertThat(clock.watermark(3_000)).isEqualTo(4_999);
    }

    @Test
    void goesOnByTheClockWhenAllThatArrivedWasRead() {
        clock.watermark(10_000);
        clock.silence(11_500);

        assertThat(clock.advance(11_500)).isEqualTo(10_500);
        assertThat(clock.advance(20_000)).isEqualTo(19_000);
        assertThat(clock.rowtime(12_000)).isEqualTo(19_001);
    }

    @Test
    void waitsForTheRestOfABacklog() {
        clock.watermark(10_000);
        clock.silence(500_000);

        assertThat(clock.advance(500_000)).isEqualTo(10_000);
        assertThat(clock.advance(499_000 + BACKLOG - 1)).isEqualTo(10_000);
        assertThat(clock.advance(499_000 + BACKLOG)).isEqualTo(499_000 + BACKLOG - IDLE);
    }

    @Test
    void waitsForAFirstRecord() {
        clock.silence(500_000);

        assertThat(clock.advance(500_000)).isEqualTo(Long.MIN_VALUE);
        assertThat(clock.advance(499_000 + BACKLOG)).isEqualTo(499_000 + BACKLOG - IDLE);
    }

    @Test
    void standsStillWhileRecordsCome() {
        clock.watermark(10_000);
        clock.silence(11_000);
        clock.sound();

        assertThat(clock.advance(90_000)).isEqualTo(10_000);
    }
}
