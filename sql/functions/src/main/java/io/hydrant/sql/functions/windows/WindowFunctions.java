package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions that put rows into windows and work on the rows of one. */
public final class WindowFunctions {

    private WindowFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "STAGGER",
                        "input => TABLE … PARTITION BY …, on_time => DESCRIPTOR(…), size => INTERVAL …",
                        "the keys, the other columns, `window_start`, `window_end`, `rowtime`",
                        "`WINDOWED BY STAGGER`: windows that open with a key's first row. A row comes out when its window closes, and its `rowtime` is the window's end, so `GROUP BY` the keys and a TUMBLE of 1 ms over `rowtime` gives one result for each window. A row whose window has closed is dropped and counted",
                        "KDA developer guide, Stagger Windows",
                        Stagger.class),
                new FunctionEntry(
                        "GROUP_RANK",
                        "input => TABLE …, rankByColumnName => '…', rankOutColumnName => '…', sortOrder => 'asc' or 'desc', outputOrder => 'asc' or 'desc' [, maxIdle => …, outputMax => …], on_time => DESCRIPTOR(…)",
                        "the keys, the other columns, the rank (INT), `rowtime`",
                        "The rank of every row among the rows of its time (and keys), with gaps behind equal ones. A group comes out when its time has passed, which is why `maxIdle` has nothing to do; of `outputMax` rows, 0 for all",
                        "KDA SQL reference, Group Rank",
                        GroupRank.class),
                new FunctionEntry(
                        "TOP_K_ITEMS_TUMBLING",
                        "input => TABLE …, columnName => '…', k => 1 … 100000, windowSize => 1 … 3600, on_time => DESCRIPTOR(…)",
                        "the keys, the column, `MOST_FREQUENT_VALUES` BIGINT, `rowtime`",
                        "The k most frequent values of a column in every window of so many seconds, the most frequent first, and their counts: exact up to 100,000 + k different values, beyond too high by at most a 50,000th of the window's rows. `rowtime` is the window's end",
                        "KDA SQL reference, TOP_K_ITEMS_TUMBLING",
                        TopKItemsTumbling.class),
                new FunctionEntry(
                        "COUNT_DISTINCT_ITEMS_TUMBLING",
                        "input => TABLE …, columnName => '…', windowSize => 1 … 3600, on_time => DESCRIPTOR(…)",
                        "the keys, `NUMBER_OF_DISTINCT_ITEMS` BIGINT, `rowtime`",
                        "How many different values a column has in every window of so many seconds: exactly up to 10,000, of those beyond about, by HyperLogLog (1.3 % at one standard deviation). `rowtime` is the window's end",
                        "KDA SQL reference, COUNT_DISTINCT_ITEMS_TUMBLING",
                        CountDistinctItemsTumbling.class));
    }
}
