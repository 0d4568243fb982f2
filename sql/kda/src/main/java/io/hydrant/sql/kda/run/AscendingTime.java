package io.hydrant.sql.kda.run;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/** Rows in the order of their time, of which several may have the same, or nearly so. */
final class AscendingTime implements WatermarkStrategy<RowData> {

    private static final long serialVersionUID = 1L;

    private final int rowtime;
    private final long within;

    AscendingTime(int rowtime, long within) {
        this.rowtime = rowtime;
        this.within = within;
    }

    @Override
    public TimestampAssigner<RowData> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (row, before) -> row.getTimestamp(rowtime, 3).getMillisecond();
    }

    @Override
    public WatermarkGenerator<RowData> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(RowData row, long time, WatermarkOutput output) {
                output.emitWatermark(new Watermark(time - within - 1));
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                // Each row says it.
            }
        };
    }
}
