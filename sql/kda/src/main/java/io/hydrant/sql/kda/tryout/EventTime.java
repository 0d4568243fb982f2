package io.hydrant.sql.kda.tryout;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** After each event only such can come that are not before it. */
final class EventTime implements WatermarkStrategy<Long> {

    private static final long serialVersionUID = 1L;

    private final String run;

    EventTime(String run) {
        this.run = run;
    }

    @Override
    public TimestampAssigner<Long> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (event, before) -> Running.of(run).event(event).time();
    }

    @Override
    public WatermarkGenerator<Long> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(Long event, long time, WatermarkOutput output) {
                output.emitWatermark(new Watermark(time - 1));
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                // Each event says it.
            }
        };
    }
}
