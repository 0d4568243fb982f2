package io.hydrant.sql.kda.run;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.nio.charset.StandardCharsets;

/**
 * Lets rows pass whose approximate numbers are in the range of their types; the others go to the
 * error stream. Flink makes them infinite, or no number, where integers begin again at the other
 * end.
 */
final class FiniteOperator extends ProcessFunction<RowData, RowData> {

    static final OutputTag<RowData> ERRORS =
            new OutputTag<>("errors", InternalTypeInfo.of(Errors.TYPE));

    private static final long serialVersionUID = 1L;

    private final RowType type;
    private final RowGetters fields;
    private final int rowtime;
    private final int[] approximate;
    private final boolean[] wide;
    private final String pump;

    /**
     * Looks at some columns.
     *
     * @param approximate the indexes of columns of REAL or DOUBLE
     */
    FiniteOperator(RowType type, int rowtime, int[] approximate, String pump) {
        this.type = type;
        this.fields = new RowGetters(type);
        this.rowtime = rowtime;
        this.approximate = approximate;
        this.wide = new boolean[approximate.length];
        for (int i = 0; i < approximate.length; i++) {
            wide[i] = type.getTypeAt(approximate[i]).is(LogicalTypeRoot.DOUBLE);
        }
        this.pump = pump;
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out) {
        for (int i = 0; i < approximate.length; i++) {
            int index = approximate[i];
            if (!row.isNullAt(index)
                    && !Double.isFinite(wide[i] ? row.getDouble(index) : row.getFloat(index))) {
                refuse(row, context, index);
                return;
            }
        }
        out.collect(row);
    }

    private void refuse(RowData row, Context context, int index) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.count(); i++) {
            if (i != rowtime) {
                Object value = fields.value(row, i);
                text.append(text.isEmpty() ? "" : ",").append(value == null ? "" : value);
            }
        }
        context.output(
                ERRORS,
                Errors.row(
                        TimestampData.fromEpochMillis(RowGetters.time(row, rowtime)),
                        "NUMERIC_OVERFLOW_ERROR",
                        "The value of "
                                + type.getFieldNames().get(index)
                                + " is beyond the range of its type",
                        text.toString().getBytes(StandardCharsets.UTF_8),
                        pump));
    }
}
