package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;

import java.util.List;

/**
 * {@code W3C_LOG_PARSE(text, format)}: one column for every specifier of an Apache log format, or
 * of one of its known formats by name; see {@link WebLogFormat}.
 *
 * <p>Source: SQL reference, W3C_LOG_PARSE.
 */
public final class W3cLogParse extends LogParse {

    private static final long serialVersionUID = 1;

    /** The row of the specifiers. */
    public RowData eval(String text, String format) {
        return parse(text, format);
    }

    @Override
    List<String> literalNames() {
        return List.of("format");
    }

    @Override
    LogParser parser(String... literals) {
        WebLogFormat format = WebLogFormat.of(literals[0]);
        return new LogParser(format.columns(), format::pieces);
    }
}
