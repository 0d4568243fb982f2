package io.hydrant.kinesis.source;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermarks of a strategy, by the clock and each hundred records of a shard. Between two ticks
 * of the clock a backlog has records of minutes or hours, and windows and joins would keep them all
 * until the tick.
 *
 * @param <T> what the strategy finds times in
 */
public final class BacklogWatermarks<T> implements WatermarkStrategy<T> {

    private static final long serialVersionUID = 1L;

    static final int RECORDS = 100;

    private final WatermarkStrategy<T> strategy;

    /**
     * The same watermarks, and more often while a backlog is read.
     *
     * @param strategy whose they are; finished with, idleness included
     */
    public BacklogWatermarks(WatermarkStrategy<T> strategy) {
        this.strategy = strategy;
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new EachHundred<>(strategy.createWatermarkGenerator(context));
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return strategy.createTimestampAssigner(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return strategy.getAlignmentParameters();
    }

    private static final class EachHundred<T> implements WatermarkGenerator<T> {

        private final WatermarkGenerator<T> generator;
        private int records;

        EachHundred(WatermarkGenerator<T> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(T record, long timestamp, WatermarkOutput output) {
            generator.onEvent(record, timestamp, output);
            records++;
            if (records == RECORDS) {
                onPeriodicEmit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            records = 0;
            generator.onPeriodicEmit(output);
        }
    }
}
