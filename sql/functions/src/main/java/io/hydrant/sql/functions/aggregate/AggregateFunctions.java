package io.hydrant.sql.functions.aggregate;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions over groups and OVER windows. */
public final class AggregateFunctions {

    private static final String REFERENCE = "KDA SQL reference, ";

    private AggregateFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "EXP_AVG",
                        "value, time, half_life",
                        "DOUBLE",
                        "`EXP_AVG(value, half_life)`: the average in which a value that is `half_life` (INTERVAL) older than another counts half as much. `time` is the row's time. NULL values are left out",
                        REFERENCE + "EXP_AVG",
                        ExpAvg.class),
                new FunctionEntry(
                        "KDA_FIRST_VALUE",
                        "value [, ignore_nulls]",
                        "the type of `value`",
                        "`FIRST_VALUE(value) [IGNORE NULLS]`: the first value of the window. Flink's `FIRST_VALUE` always ignores NULLs",
                        REFERENCE + "FIRST_VALUE",
                        FirstValue.class),
                new FunctionEntry(
                        "KDA_LAST_VALUE",
                        "value [, ignore_nulls]",
                        "the type of `value`",
                        "`LAST_VALUE(value) [IGNORE NULLS]`: the last value of the window. Flink's `LAST_VALUE` always ignores NULLs",
                        REFERENCE + "LAST_VALUE",
                        LastValue.class),
                new FunctionEntry(
                        "KDA_NTH_VALUE",
                        "value, n [, from_last [, ignore_nulls]]",
                        "the type of `value`",
                        "`NTH_VALUE(value, n) [FROM LAST] [IGNORE NULLS]`: the n-th value of the window, counted from 1; NULL where there are not so many",
                        REFERENCE + "NTH_VALUE",
                        NthValue.class),
                new FunctionEntry(
                        "KDA_LAG",
                        "value [, n [, if_none [, ignore_nulls]]]",
                        "the type of `value`",
                        "`LAG(value, n, if_none) [IGNORE NULLS]`: the value n rows (1) before the newest one of the window, `if_none` (NULL) where there is no such row. Flink's `LAG` has no frame and no `IGNORE NULLS`",
                        REFERENCE + "LAG",
                        Lag.class),
                new FunctionEntry(
                        "KDA_ANY",
                        "condition",
                        "BOOLEAN",
                        "`ANY(condition)`: whether it is true in any row; unknown ones are left out",
                        REFERENCE + "ANY",
                        AnyTrue.class),
                new FunctionEntry(
                        "KDA_EVERY",
                        "condition",
                        "BOOLEAN",
                        "`EVERY(condition)`: whether it is true in every row; unknown ones are left out",
                        REFERENCE + "EVERY",
                        EveryTrue.class));
    }
}
