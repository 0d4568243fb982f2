package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

/**
 * EXP_AVG: a row weighs half for each half-life that it is older than the current one.
 *
 * <p>Every weight changes with every row, so the whole window is added up each time.
 */
final class Decayed implements Over {

    private final SlidingFunction function;
    private final int rowtime;

    Decayed(SlidingFunction function, int rowtime) {
        this.function = function;
        this.rowtime = rowtime;
    }

    @Override
    public void add(long number, RowData row) {
        // The rows say it all.
    }

    @Override
    public void remove(long number, RowData row) {
        // The rows say it all.
    }

    @Override
    public Object value(Rows rows, long first, long last) {
        RowData current = rows.get(last);
        long now = RowGetters.time(current, rowtime);
        double halfLife = ((Number) function.argument(current, 1)).doubleValue();
        double sum = 0;
        double weights = 0;
        for (long i = first; i <= last; i++) {
            RowData row = rows.get(i);
            Object value = function.argument(row, 0);
            if (value != null) {
                double weight = Math.pow(2, (RowGetters.time(row, rowtime) - now) / halfLife);
                sum += weight * SlidingFunction.number(value);
                weights += weight;
            }
        }
        return weights == 0 ? null : (Object) (sum / weights);
    }
}
