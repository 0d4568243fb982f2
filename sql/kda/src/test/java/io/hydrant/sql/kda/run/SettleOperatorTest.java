package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.TimeWindow;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SettleOperatorTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new TimestampType(3), new TimestampType(3)},
                    new String[] {"ROWTIME", "$OWN"});

    @Test
    void givesRowsTheirOwnTimeOrThatOfALaterOneBeforeThem() throws Exception {
        try (OneInputStreamOperatorTestHarness<RowData, RowData> harness = harness()) {
            harness.processElement(row(9_999, 4_000), 9_999);
            harness.processElement(row(9_999, 7_000), 9_999);
            harness.processElement(row(9_999, 2_000), 9_999);
            harness.processElement(row(19_999, 10_000), 19_999);

            assertThat(times(harness)).containsExactly(4_000L, 7_000L, 7_000L, 10_000L);
        }
    }

    @Test
    void holdsTheClockWhereRowsOfTheWindowAreStillToCome() throws Exception {
        try (OneInputStreamOperatorTestHarness<RowData, RowData> harness = harness()) {
            harness.processWatermark(9_998);
            harness.processWatermark(9_999);
            harness.processWatermark(15_000);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.getOutput())
                    .containsExactly(
                            new Watermark(-1),
                            new Watermark(9_999),
                            new Watermark(9_999),
                            Watermark.MAX_WATERMARK);
        }
    }

    private static OneInputStreamOperatorTestHarness<RowData, RowData> harness() throws Exception {
        OneInputStreamOperatorTestHarness<RowData, RowData> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SettleOperator(TYPE, 0, 1, new TimeWindow(10_000, 0, null, false)));
        harness.open();
        return harness;
    }

    private static RowData row(long rowtime, long own) {
        return GenericRowData.of(
                TimestampData.fromEpochMillis(rowtime), TimestampData.fromEpochMillis(own));
    }

    private static List<Long> times(OneInputStreamOperatorTestHarness<RowData, RowData> harness) {
        List<Long> times = new ArrayList<>();
        for (Object element : harness.getOutput()) {
            StreamRecord<?> record = (StreamRecord<?>) element;
            long time = RowGetters.time((RowData) record.getValue(), 0);
            assertThat(record.getTimestamp()).isEqualTo(time);
            times.add(time);
        }
        return times;
    }
}
