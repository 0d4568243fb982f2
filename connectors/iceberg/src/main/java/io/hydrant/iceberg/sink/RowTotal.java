package io.hydrant.iceberg.sink;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the commits of a delivery add up to in a table, carried on from each commit to the next, so
 * that it outlives the snapshots. As text: {@code base=100,appended=50,by-key=0}.
 *
 * @param base rows that the table had before the first of these commits, {@link #UNKNOWN} where
 *     nobody knows
 * @param appended rows that commits added to it
 * @param byKey rows by which commits replaced or removed others
 */
public record RowTotal(long base, long appended, long byKey) {

    /** Where rows cannot be counted. */
    public static final long UNKNOWN = -1;

    private static final Pattern TEXT =
            Pattern.compile("base=(-1|\\d{1,18}),appended=(\\d{1,18}),by-key=(\\d{1,18})");

    /** Before the first commit to a table with that many rows. */
    static RowTotal before(long rows) {
        return new RowTotal(rows, 0, 0);
    }

    /** With one more commit. */
    RowTotal plus(long rows, boolean isByKey) {
        return isByKey
                ? new RowTotal(base, appended, byKey + rows)
                : new RowTotal(base, appended + rows, byKey);
    }

    /**
     * Rows that a table must have if nobody else writes to it, by the totals of all its deliveries;
     * {@link #UNKNOWN} where a row may have replaced another, or nobody knows how many there were.
     *
     * <p>What a delivery found in the table is what was there before the first of them and what the
     * others had added, so the least of it is what was there before all.
     */
    static long expected(Collection<RowTotal> totals) {
        long base = Long.MAX_VALUE;
        long appended = 0;
        for (RowTotal each : totals) {
            if (each.base == UNKNOWN || each.byKey > 0) {
                return UNKNOWN;
            }
            base = Math.min(base, each.base);
            appended += each.appended;
        }
        return totals.isEmpty() ? UNKNOWN : base + appended;
    }

    /**
     * What two deliveries add up to, of which a table may know none; null where it knows neither.
     */
    public static RowTotal ofBoth(RowTotal one, RowTotal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return new RowTotal(
                Math.min(one.base, other.base),
                one.appended + other.appended,
                one.byKey + other.byKey);
    }

    static RowTotal parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no total of rows");
        }
        return new RowTotal(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    @Override
    public String toString() {
        return "base=" + base + ",appended=" + appended + ",by-key=" + byKey;
    }
}
