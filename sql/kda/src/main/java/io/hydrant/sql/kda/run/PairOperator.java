package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Column;
import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.util.List;

/**
 * Pairs each row of two streams with the rows that the window of the other stream has when it
 * comes.
 *
 * <p>A window of ROWS has the latest so many rows of its stream. Of rows of one ROWTIME those of
 * the first stream come before those of the second; those of a stream without a window come last,
 * so that they find what came at the same time. A pair has the ROWTIME of its later row. Source:
 * SQL reference, "JOIN clause", "Time-Based Window vs. Row-Based Window Joins".
 *
 * <p>Input: ROWTIME, the side (0 or 1), and the columns of both sides, those of the other NULL.
 * State: the rows of both windows, and rows that an earlier one may still overtake.
 */
final class PairOperator extends KeyedProcessFunction<RowData, RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private static final int ROWTIME = 0;
    private static final int SIDE = 1;

    private final RowType input;
    private final RowGetters fields;
    private final Frame left;
    private final Frame right;

    /** The first column of the second side. */
    private final int second;

    private transient WaitingRows waiting;
    private transient PairWindow lefts;
    private transient PairWindow rights;

    PairOperator(RowType input, Frame left, Frame right) {
        this.input = input;
        this.fields = new RowGetters(input);
        this.left = left;
        this.right = right;
        this.second = input.getFieldIndex("$R." + Column.ROWTIME);
    }

    @Override
    public void open(OpenContext context) {
        waiting = new WaitingRows(getRuntimeContext(), input);
        lefts = new PairWindow(getRuntimeContext(), "left", input, left);
        rights = new PairWindow(getRuntimeContext(), "right", input, right);
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
            throws Exception {
        waiting.add(RowGetters.time(row, ROWTIME), row, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RowData> out)
            throws Exception {
        List<RowData> rows = waiting.take(time);
        lefts.forget(time);
        rights.forget(time);
        int first = left.rows() == 0 ? 1 : 0;
        come(first, rows, out);
        come(1 - first, rows, out);
    }

    private void come(int side, List<RowData> rows, Collector<RowData> out) throws Exception {
        PairWindow own = side == 0 ? lefts : rights;
        PairWindow other = side == 0 ? rights : lefts;
        for (RowData row : rows) {
            if (row.getInt(SIDE) == side) {
                other.forEach(
                        found ->
                                out.collect(
                                        side == 0 ? pair(row, row, found) : pair(row, found, row)));
                own.add(row);
            }
        }
    }

    private RowData pair(RowData later, RowData one, RowData other) {
        GenericRowData pair = new GenericRowData(fields.count());
        for (int field = 0; field < pair.getArity(); field++) {
            RowData from = field <= SIDE ? later : field < second ? one : other;
            pair.setField(field, fields.value(from, field));
        }
        return pair;
    }
}
