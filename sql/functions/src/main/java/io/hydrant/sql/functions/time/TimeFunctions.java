package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions of dates and times. */
public final class TimeFunctions {

    private static final String REFERENCE = "KDA SQL reference, ";

    private TimeFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "STEP",
                        "value, step",
                        "the type of `value`",
                        "`STEP(value BY step)`: the greatest multiple of `step` not above `value`. A TIMESTAMP, DATE, TIME or INTERVAL by an INTERVAL, counted from 1970-01-01; an integer by an integer. NULL for NULL",
                        REFERENCE + "STEP",
                        Step.class),
                new FunctionEntry(
                        "TSDIFF",
                        "start, end",
                        "BIGINT",
                        "Milliseconds between `start` and `end`, whichever comes first; they are TIMESTAMPs or BIGINTs of milliseconds. NULL for NULL",
                        REFERENCE + "TSDIFF",
                        TsDiff.class),
                new FunctionEntry(
                        "KDA_UNIX_TIMESTAMP",
                        "time",
                        "BIGINT",
                        "`UNIX_TIMESTAMP(time)`: milliseconds since 1970-01-01 00:00:00 UTC. Flink's `UNIX_TIMESTAMP` takes text and counts seconds",
                        REFERENCE + "UNIX_TIMESTAMP",
                        UnixTimestamp.class),
                new FunctionEntry(
                        "KDA_TO_TIMESTAMP",
                        "milliseconds",
                        "TIMESTAMP(3)",
                        "`TO_TIMESTAMP(milliseconds)`: the time so long after 1970-01-01 00:00:00 UTC. Flink's `TO_TIMESTAMP` takes text",
                        REFERENCE + "TO_TIMESTAMP",
                        ToTimestamp.class),
                new FunctionEntry(
                        "CHAR_TO_TIMESTAMP",
                        "pattern, text",
                        "TIMESTAMP(3)",
                        "The time that `text` begins with, by a pattern of SimpleDateFormat. Strict about ranges; NULL where it does not fit",
                        REFERENCE + "CHAR_TO_TIMESTAMP",
                        CharToTimestamp.class),
                new FunctionEntry(
                        "CHAR_TO_DATE",
                        "pattern, text",
                        "DATE",
                        "The date that `text` begins with, as CHAR_TO_TIMESTAMP reads it",
                        REFERENCE + "CHAR_TO_DATE",
                        CharToDate.class),
                new FunctionEntry(
                        "CHAR_TO_TIME",
                        "pattern, text",
                        "TIME",
                        "The time of day that `text` begins with, as CHAR_TO_TIMESTAMP reads it",
                        REFERENCE + "CHAR_TO_TIME",
                        CharToTime.class),
                new FunctionEntry(
                        "TIMESTAMP_TO_CHAR",
                        "pattern, time",
                        "STRING",
                        "`time` by a pattern of SimpleDateFormat, in UTC. The text `null` where `time` is NULL",
                        REFERENCE + "TIMESTAMP_TO_CHAR",
                        TimestampToChar.class),
                new FunctionEntry(
                        "DATE_TO_CHAR",
                        "pattern, date",
                        "STRING",
                        "`date` by a pattern of SimpleDateFormat. NULL for NULL",
                        REFERENCE + "DATE_TO_CHAR",
                        DateToChar.class),
                new FunctionEntry(
                        "TIME_TO_CHAR",
                        "pattern, time",
                        "STRING",
                        "`time`, a TIME, by a pattern of SimpleDateFormat. NULL for NULL",
                        REFERENCE + "TIME_TO_CHAR",
                        TimeToChar.class));
    }
}
