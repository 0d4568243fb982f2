package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalWatermarksTest {

    private static final long NOW = 1_000_000;
    private static final Envelope RECORD =
            new Envelope("s", "0", "1", 0, "k", 1, new byte[0], 0, 0);

    private final ManualClock active = new ManualClock();
    private final List<String> said = new ArrayList<>();
    private final WatermarkOutput output =
            new WatermarkOutput() {
                @Override
                public void emitWatermark(Watermark watermark) {
                    said.add(Long.toString(watermark.getTimestamp()));
                }

                @Override
                public void markIdle() {
                    said.add("idle");
                }

                @Override
                public void markActive() {
                    said.add("active");
                }
            };
    private final ArrivalWatermarks watermarks =
            new ArrivalWatermarks(active, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void followTheNewestArrivalAndNeverGoBack() {
        read(500);
        read(300);
        assertThat(periodically()).containsExactly("499");
        read(501);
        assertThat(periodically()).containsExactly("500");
    }

    @Test
    void ofAShardToWhichNothingComesFollowTheClock() {
        read(500);
        quietFor(ArrivalWatermarks.QUIET.minusNanos(1));
        assertThat(periodically()).containsExactly("499");

        quietFor(Duration.ofNanos(1));
        assertThat(periodically())
                .containsExactly(Long.toString(NOW - ArrivalWatermarks.QUIET.toMillis() - 1));

        read(600);
        assertThat(periodically()).containsExactly("599");
    }

    @Test
    void ofAShardThatNeverHadARecordHoldUpNobody() {
        assertThat(periodically()).isEmpty();
        watermarks.onEvent(RECORD, TimestampAssigner.NO_TIMESTAMP, output);
        quietFor(ArrivalWatermarks.QUIET);
        assertThat(periodically()).containsExactly("idle");
    }

    private void read(long arrival) {
        watermarks.onEvent(RECORD, arrival, output);
    }

    private void quietFor(Duration time) {
        active.advanceTime(time);
    }

    private List<String> periodically() {
        said.clear();
        watermarks.onPeriodicEmit(output);
        return said;
    }
}
