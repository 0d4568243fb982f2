package io.hydrant.sql.functions.logs;

import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log format of Apache's mod_log_config as a pattern over lines: a column for every specifier.
 *
 * <p>A specifier in quotes takes all to the next quote that no backslash stands before; {@code %t}
 * takes the brackets that Apache writes around the time, unless the format has brackets of its own;
 * every other one takes what has no blank, or, where blanks may be in it (requests, header lines,
 * names of files and users), as little as makes the line fit. Columns of numbers are BIGINT, and a
 * {@code -} in them is null; {@code %B} is text, as the page of W3C_LOG_PARSE says.
 */
final class WebLogFormat {

    private static final Pattern SPECIFIER =
            Pattern.compile("%(!?[\\d,]*)([<>]?)(?:\\[([^\\]]*)\\]|\\{([^}]*)\\})?([A-Za-z])");
    private static final String NUMBERS = "bDIOpPsT";
    private static final String WORDS = "aAbBDHhIlmOpPsTvVX";
    private static final String KNOWN = NUMBERS + WORDS + "CefinoqrtuU";

    private final Pattern line;
    private final List<LogColumn> columns;

    private WebLogFormat(Pattern line, List<LogColumn> columns) {
        this.line = line;
        this.columns = columns;
    }

    /**
     * Reads a format or the name of one.
     *
     * @throws IllegalArgumentException with what of it is not known
     */
    static WebLogFormat of(String formatOrName) {
        String format = byName(formatOrName).replace("\\\"", "\"");
        StringBuilder pattern = new StringBuilder();
        List<LogColumn> columns = new ArrayList<>();
        Matcher specifier = SPECIFIER.matcher(format);
        int at = 0;
        while (at < format.length()) {
            if (format.startsWith("%%", at)) {
                pattern.append('%');
                at += 2;
            } else if (format.charAt(at) == '%') {
                if (!specifier.region(at, format.length()).lookingAt()
                        || KNOWN.indexOf(specifier.group(5).charAt(0)) < 0) {
                    throw new IllegalArgumentException(
                            "no specifier of Apache's log formats begins at character %d of '%s'"
                                    .formatted(at + 1, format));
                }
                char before = at == 0 ? ' ' : format.charAt(at - 1);
                char what = specifier.group(5).charAt(0);
                boolean formatted = specifier.group(3) != null || specifier.group(4) != null;
                pattern.append('(').append(piece(what, before, formatted)).append(')');
                columns.add(LogColumn.of(columns.size() + 1, type(what)));
                at = specifier.end();
            } else {
                pattern.append(Pattern.quote(format.substring(at, at + 1)));
                at++;
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' is no known format (COMMON, COMMON WITH VHOST, NCSA EXTENDED, REFERER, AGENT) and has no specifier"
                            .formatted(formatOrName));
        }
        return new WebLogFormat(Pattern.compile(pattern.toString(), Pattern.DOTALL), columns);
    }

    List<LogColumn> columns() {
        return columns;
    }

    /** What of the line belongs to each column; null where the line has another form. */
    String[] pieces(String text) {
        Matcher found = line.matcher(text);
        if (!found.matches()) {
            return null;
        }
        String[] pieces = new String[columns.size()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = found.group(i + 1);
        }
        return pieces;
    }

    private static String byName(String given) {
        String common = "%h %l %u %t \"%r\" %>s %b";
        return switch (given.trim().toUpperCase(Locale.ROOT)) {
            case "COMMON" -> common;
            case "COMMON WITH VHOST" -> "%v " + common;
            case "NCSA EXTENDED" -> common + " \"%[Referer]i\" \"%[User-agent]i\"";
            case "REFERER" -> "%[Referer]i ---> %U";
            case "AGENT" -> "%[User-agent]i";
            case "IIS" ->
                    throw new IllegalArgumentException(
                            "the format IIS is named in the SQL reference without its fields; give them as specifiers, or use VARIABLE_COLUMN_LOG_PARSE");
            default -> given;
        };
    }

    private static String piece(char what, char before, boolean formatted) {
        if (before == '"') {
            return "(?:[^\"\\\\]|\\\\.)*+";
        }
        if (before == '[') {
            return "[^\\]]*+";
        }
        if (what == 't' && !formatted) {
            return "\\[[^\\]]*+\\]";
        }
        return WORDS.indexOf(what) >= 0 && !formatted ? "\\S+" : ".*?";
    }

    private static LogicalType type(char what) {
        return NUMBERS.indexOf(what) >= 0
                ? new BigIntType()
                : new VarCharType(VarCharType.MAX_LENGTH);
    }
}
