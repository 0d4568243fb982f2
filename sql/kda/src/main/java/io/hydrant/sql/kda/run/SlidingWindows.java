package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.table.data.RowData;

import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one key, which all end with the newest row: each has a row added and those that
 * are out of its frame taken away, so that a row costs the same however long the windows are.
 */
final class SlidingWindows implements Over.Rows {

    /** When there is no time at which windows are looked through. */
    static final long NEVER = Long.MAX_VALUE;

    /** Forgotten rows are cut off when there are as many. */
    private static final int LEAST_TO_CUT = 64;

    private final List<SlidingFunction> functions;
    private final int rowtime;
    private final Over[] overs;

    /** The number of the first row of each window. */
    private final long[] firsts;

    private final List<RowData> rows = new ArrayList<>();

    /** The number of the first row in the list, and how many of those there are forgotten. */
    private long number;

    private int forgotten;
    private long cleanUpAt = NEVER;

    /**
     * Empty windows.
     *
     * @param number what the next row gets
     */
    SlidingWindows(List<SlidingFunction> functions, int rowtime, long number) {
        this.functions = functions;
        this.rowtime = rowtime;
        this.number = number;
        overs = new Over[functions.size()];
        firsts = new long[overs.length];
        for (int i = 0; i < overs.length; i++) {
            overs[i] = functions.get(i).start(this, rowtime);
            firsts[i] = number;
        }
    }

    @Override
    public RowData get(long at) {
        return rows.get((int) (at - number));
    }

    /** The number of the next row. */
    long next() {
        return number + rows.size();
    }

    int size() {
        return rows.size() - forgotten;
    }

    /** Adds a row to all windows. */
    void add(RowData row) {
        long last = next();
        rows.add(row);
        long time = RowGetters.time(row, rowtime);
        for (int i = 0; i < overs.length; i++) {
            overs[i].add(last, row);
            Frame frame = functions.get(i).frame();
            while (isOut(frame, firsts[i], last, time)) {
                overs[i].remove(firsts[i], get(firsts[i]));
                firsts[i]++;
            }
        }
    }

    private boolean isOut(Frame frame, long first, long last, long time) {
        return (frame.rows() >= 0 && last - first > frame.rows())
                || (frame.millis() >= 0
                        && RowGetters.time(get(first), rowtime) < time - frame.millis());
    }

    /** The result of a function for the newest row. */
    Object value(int function) {
        return overs[function].value(this, firsts[function], next() - 1);
    }

    /** Forgets the first row that no window can need any more, and says its number; or -1. */
    long forget() {
        if (size() == 0) {
            return -1;
        }
        long first = number + forgotten;
        long time = RowGetters.time(get(next() - 1), rowtime);
        for (int i = 0; i < overs.length; i++) {
            Frame frame = functions.get(i).frame();
            // A row that the next one still sees, if it comes at the same time.
            if (firsts[i] <= first && !isOut(frame, first, next(), time)) {
                return -1;
            }
        }
        return drop(first);
    }

    /** The same for a time at which no row came: rows that are older than all frames allow. */
    long forget(long time) {
        if (size() == 0) {
            return -1;
        }
        long first = number + forgotten;
        for (SlidingFunction function : functions) {
            Frame frame = function.frame();
            if (frame.millis() < 0
                    || RowGetters.time(get(first), rowtime) >= time - frame.millis()) {
                return -1;
            }
        }
        return drop(first);
    }

    private long drop(long first) {
        for (int i = 0; i < overs.length; i++) {
            if (firsts[i] == first) {
                overs[i].remove(first, get(first));
                firsts[i]++;
            }
        }
        forgotten++;
        if (forgotten >= LEAST_TO_CUT && forgotten > rows.size() / 2) {
            rows.subList(0, forgotten).clear();
            number += forgotten;
            forgotten = 0;
        }
        return first;
    }

    /**
     * When rows are looked for that are out of all windows; {@link #NEVER} where nothing says so.
     */
    long cleanUpAt() {
        return cleanUpAt;
    }

    void cleanUpAt(long time) {
        cleanUpAt = time;
    }

    /** When the newest row is out of all windows; -1 if one of them has no such time. */
    long over() {
        long millis = 0;
        for (SlidingFunction function : functions) {
            if (function.frame().millis() < 0) {
                return -1;
            }
            millis = Math.max(millis, function.frame().millis());
        }
        return RowGetters.time(get(next() - 1), rowtime) + millis + 1;
    }
}
