package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

/** MIN or MAX: the numbers of rows that no later row of the window surpasses. */
final class Extremes implements Over {

    private final SlidingFunction function;
    private final Rows rows;
    private final int sign;
    private final NumberQueue best = new NumberQueue();

    /**
     * A function over rows.
     *
     * @param rows where rows of the window can be found by their numbers
     * @param sign 1 for MAX, -1 for MIN
     */
    Extremes(SlidingFunction function, Rows rows, int sign) {
        this.function = function;
        this.rows = rows;
        this.sign = sign;
    }

    @Override
    public void add(long number, RowData row) {
        Object value = function.argument(row, 0);
        if (value == null) {
            return;
        }
        while (best.size() > 0 && compare(value, function.argument(rows.get(best.last()), 0)) > 0) {
            best.removeLast();
        }
        best.addLast(number);
    }

    @SuppressWarnings("unchecked")
    private int compare(Object left, Object right) {
        return sign * ((Comparable<Object>) left).compareTo(right);
    }

    @Override
    public void remove(long number, RowData row) {
        if (best.size() > 0 && best.get(0) == number) {
            best.removeFirst();
        }
    }

    @Override
    public Object value(Rows all, long first, long last) {
        return best.size() == 0 ? null : function.argument(all.get(best.get(0)), 0);
    }
}
