package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.TimestampType;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SYS_LOG_PARSE(text)}: the time and the rest of an entry {@code Mon DD HH:MM:SS server
 * message}.
 *
 * <p>Source: SQL reference, SYS_LOG_PARSE, and RFC 3164, whose priority in front of the time may
 * stand there and is left out. Such a time has no year, and what a pattern does not name is that of
 * 1970.
 */
public final class SysLogParse extends LogParse {

    private static final long serialVersionUID = 1;

    private static final Pattern ENTRY =
            Pattern.compile(
                    "(?:<\\d{1,3}>)?([A-Za-z]{3} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d) (.*)",
                    Pattern.DOTALL);

    /** The row of time and rest. */
    public RowData eval(String text) {
        return parse(text);
    }

    @Override
    List<String> literalNames() {
        return List.of();
    }

    @Override
    LogParser parser(String... literals) {
        LogColumn time =
                new LogColumn("COLUMN1", new TimestampType(3), "MMM d HH:mm:ss", true, -1, -1);
        return new LogParser(List.of(time, LogColumn.text(2)), SysLogParse::pieces);
    }

    private static String[] pieces(String text) {
        Matcher entry = ENTRY.matcher(text);
        return entry.matches() ? new String[] {entry.group(1), entry.group(2)} : null;
    }
}
