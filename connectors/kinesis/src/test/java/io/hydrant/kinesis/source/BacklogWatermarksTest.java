package io.hydrant.kinesis.source;

import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogWatermarksTest {

    private static final RowData ROW = GenericRowData.of(1L);

    private final List<Long> watermarks = new ArrayList<>();
    private final WatermarkOutput output = new Collected();

    @Test
    void movesTimeOnWithinABacklogBeforeTheClockTicks() {
        WatermarkGenerator<RowData> generator = generator();

        rows(generator, 1, 99);
        assertThat(watermarks).isEmpty();
        rows(generator, 100, 250);

        assertThat(watermarks).containsExactly(89L, 189L);
    }

    @Test
    void movesTimeOnWithTheClockWhereRowsAreFew() {
        WatermarkGenerator<RowData> generator = generator();

        rows(generator, 1, 60);
        generator.onPeriodicEmit(output);
        rows(generator, 61, 120);

        assertThat(watermarks).containsExactly(49L);
    }

    @Test
    void keepsTheTimestampsAndTheAlignmentOfTheStrategy() {
        WatermarkStrategy<RowData> strategy =
                new BacklogWatermarks<>(
                        WatermarkStrategy.<RowData>forMonotonousTimestamps()
                                .withTimestampAssigner((row, before) -> row.getLong(0))
                                .withWatermarkAlignment("group", Duration.ofSeconds(5)));

        assertThat(strategy.createTimestampAssigner(new Context()).extractTimestamp(ROW, 7))
                .isEqualTo(1);
        assertThat(strategy.getAlignmentParameters().getWatermarkGroup()).isEqualTo("group");
    }

    private static WatermarkGenerator<RowData> generator() {
        return new BacklogWatermarks<RowData>(
                        WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(10)))
                .createWatermarkGenerator(new Context());
    }

    private void rows(WatermarkGenerator<RowData> generator, long first, long last) {
        for (long time = first; time <= last; time++) {
            generator.onEvent(ROW, time, output);
        }
    }

    private final class Collected implements WatermarkOutput {

        @Override
        public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("Rows are no silence");
        }

        @Override
        public void markActive() {}
    }

    private record Context()
            implements WatermarkGeneratorSupplier.Context, TimestampAssignerSupplier.Context {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return SystemClock.getInstance();
        }
    }
}
