package io.hydrant.kinesis.table;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/**
 * The watermarks of a strategy, by the clock and each hundred rows. Between two ticks of the clock
 * a backlog has rows of minutes or hours, and windows and joins would keep them all until the tick.
 */
final class BacklogWatermarks implements WatermarkStrategy<RowData> {

    private static final long serialVersionUID = 1L;

    static final int ROWS = 100;

    private final WatermarkStrategy<RowData> strategy;

    BacklogWatermarks(WatermarkStrategy<RowData> strategy) {
        this.strategy = strategy;
    }

    @Override
    public WatermarkGenerator<RowData> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new EachHundredRows(strategy.createWatermarkGenerator(context));
    }

    @Override
    public TimestampAssigner<RowData> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return strategy.createTimestampAssigner(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return strategy.getAlignmentParameters();
    }

    private static final class EachHundredRows implements WatermarkGenerator<RowData> {

        private final WatermarkGenerator<RowData> generator;
        private int rows;

        EachHundredRows(WatermarkGenerator<RowData> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
            generator.onEvent(row, timestamp, output);
            rows++;
            if (rows == ROWS) {
                onPeriodicEmit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            rows = 0;
            generator.onPeriodicEmit(output);
        }
    }
}
