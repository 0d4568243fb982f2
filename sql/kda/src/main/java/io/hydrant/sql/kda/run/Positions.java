package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

/** LAG, FIRST_VALUE, LAST_VALUE and NTH_VALUE. */
final class Positions implements Over {

    private final SlidingFunction function;

    /** The rows with a value, where only they count; null where all do. */
    private final NumberQueue counting;

    Positions(SlidingFunction function) {
        this.function = function;
        counting = function.ignoresNulls() ? new NumberQueue() : null;
    }

    @Override
    public void add(long number, RowData row) {
        if (counting != null && function.argument(row, 0) != null) {
            counting.addLast(number);
        }
    }

    @Override
    public void remove(long number, RowData row) {
        if (counting != null && counting.size() > 0 && counting.get(0) == number) {
            counting.removeFirst();
        }
    }

    @Override
    public Object value(Rows rows, long first, long last) {
        RowData current = rows.get(last);
        return switch (function.name()) {
            case "LAG" -> lag(rows, first, last, current);
            case "FIRST_VALUE" -> at(rows, first, last, 1, false);
            case "LAST_VALUE" -> at(rows, first, last, 1, true);
            default -> at(rows, first, last, position(current), function.arguments() > 2);
        };
    }

    private long position(RowData current) {
        Object position = function.argument(current, 1);
        return position == null ? 0 : ((Number) position).longValue();
    }

    private Object lag(Rows rows, long first, long last, RowData current) {
        long offset = function.arguments() > 1 ? position(current) : 1;
        if (offset == 0) {
            return function.argument(current, 0);
        }
        long found = -1;
        if (counting == null) {
            found = last - offset;
        } else {
            boolean own = counting.size() > 0 && counting.last() == last;
            long index = counting.size() - (own ? 1 : 0) - offset;
            found = index < 0 || offset < 0 ? -1 : counting.get((int) index);
        }
        if (offset > 0 && found >= first && found >= 0) {
            return function.argument(rows.get(found), 0);
        }
        return function.arguments() > 2 ? function.argument(current, 2) : null;
    }

    private Object at(Rows rows, long first, long last, long position, boolean backwards) {
        long size = counting == null ? last - first + 1 : counting.size();
        if (position < 1 || position > size) {
            return null;
        }
        long index = backwards ? size - position : position - 1;
        long number = counting == null ? first + index : counting.get((int) index);
        return function.argument(rows.get(number), 0);
    }
}
