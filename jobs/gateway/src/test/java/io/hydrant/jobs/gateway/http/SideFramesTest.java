package io.hydrant.jobs.gateway.http;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class SideFramesTest {

    private static final long STRETCH = Duration.ofSeconds(30).toNanos();

    private final SideFrames frames = new SideFrames(5);

    @Test
    void aThousandMayComeInAnyHalfMinute() {
        assertThat(taken(5, 2_000)).isEqualTo(1_000);
        assertThat(taken(4 + STRETCH, 1)).isZero();
        assertThat(taken(5 + STRETCH, 2_000)).isEqualTo(1_000);
    }

    @Test
    void requestsBringSomeWithThem() {
        assertThat(taken(5, 1_000)).isEqualTo(1_000);
        for (int i = 0; i < 7; i++) {
            frames.requestBegins();
        }

        assertThat(taken(6, 100)).isEqualTo(70);
    }

    @Test
    void whatWasNotUsedIsNotKept() {
        frames.requestBegins();

        assertThat(taken(5 + STRETCH, 2_000)).isEqualTo(1_000);
    }

    private int taken(long nowNanos, int tries) {
        int taken = 0;
        while (taken < tries && frames.takesOne(nowNanos)) {
            taken++;
        }
        return taken;
    }
}
