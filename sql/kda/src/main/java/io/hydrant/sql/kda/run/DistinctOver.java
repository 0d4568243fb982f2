package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

import java.util.HashMap;
import java.util.Map;

/** A function over the different values of a window. */
final class DistinctOver implements Over {

    private final SlidingFunction function;
    private final Over of;
    private final Map<Object, Integer> counts = new HashMap<>();

    DistinctOver(SlidingFunction function, Over of) {
        this.function = function;
        this.of = of;
    }

    @Override
    public void add(long number, RowData row) {
        Object value = function.argument(row, 0);
        if (value == null || counts.merge(value, 1, Integer::sum) == 1) {
            of.add(number, row);
        }
    }

    @Override
    public void remove(long number, RowData row) {
        Object value = function.argument(row, 0);
        if (value == null || counts.merge(value, -1, DistinctOver::left) == null) {
            of.remove(number, row);
        }
    }

    private static Integer left(Integer count, Integer less) {
        return count + less == 0 ? null : Integer.valueOf(count + less);
    }

    @Override
    public Object value(Rows rows, long first, long last) {
        return of.value(rows, first, last);
    }
}
