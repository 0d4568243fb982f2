package io.hydrant.sql.functions.logs;

import io.hydrant.sql.functions.time.DatePattern;

import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a list of columns, such as {@code COL_1 TYPE VARCHAR(16), "when" TYPE TIMESTAMP
 * 'dd/MMM/yyyy:HH:mm:ss' NOT NULL}, with {@code START n [FOR m]} behind a column of fixed place. A
 * name without quotes is in upper case, as everywhere in that SQL.
 *
 * <p>Source: SQL reference, VARIABLE_COLUMN_LOG_PARSE and FIXED_COLUMN_LOG_PARSE.
 */
final class ColumnList {

    private final String text;
    private final boolean fixed;
    private int at;

    private ColumnList(String text, boolean fixed) {
        this.text = text;
        this.fixed = fixed;
    }

    /**
     * The columns in their order.
     *
     * @param fixed whether every column says where it starts
     * @throws IllegalArgumentException with the place in the list where it is wrong, and why
     */
    static List<LogColumn> parse(String text, boolean fixed) {
        return new ColumnList(text, fixed).columns();
    }

    private List<LogColumn> columns() {
        List<LogColumn> columns = new ArrayList<>();
        do {
            columns.add(column());
        } while (take(","));
        if (at < text.length()) {
            throw wrong("a comma or the end");
        }
        return columns;
    }

    private LogColumn column() {
        String name = name();
        take("TYPE");
        LogicalType type = type();
        String pattern = isTime(type) ? pattern() : null;
        boolean required = take("NOT");
        if (required) {
            expect("NULL");
        }
        int start = -1;
        int length = -1;
        if (fixed) {
            expect("START");
            start = number();
            if (take("FOR")) {
                length = number();
            }
        }
        return new LogColumn(name, type, pattern, required, start, length);
    }

    private String name() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            if (end < 0) {
                throw wrong("a closing quote");
            }
            String name = text.substring(at + 1, end);
            at = end + 1;
            return name;
        }
        return word("the name of a column").toUpperCase(Locale.ROOT);
    }

    private LogicalType type() {
        skipBlanks();
        int before = at;
        String word = word("a type").toUpperCase(Locale.ROOT);
        switch (word) {
            case "VARCHAR", "CHAR", "CHARACTER":
                take("VARYING");
                int[] length = arguments();
                return new VarCharType(length.length == 0 ? VarCharType.MAX_LENGTH : length[0]);
            case "TINYINT":
                return new TinyIntType();
            case "SMALLINT":
                return new SmallIntType();
            case "INT", "INTEGER":
                return new IntType();
            case "BIGINT":
                return new BigIntType();
            case "REAL":
                return new FloatType();
            case "FLOAT":
                return new DoubleType();
            case "DOUBLE":
                take("PRECISION");
                return new DoubleType();
            case "DECIMAL", "DEC", "NUMERIC":
                int[] digits = arguments();
                return new DecimalType(
                        digits.length == 0 ? DecimalType.MAX_PRECISION : digits[0],
                        digits.length < 2 ? 0 : digits[1]);
            case "BOOLEAN":
                return new BooleanType();
            case "DATE":
                return new DateType();
            case "TIME":
                return new TimeType();
            case "TIMESTAMP":
                return new TimestampType(3);
            default:
                at = before;
                throw wrong(
                        "a type (VARCHAR, CHAR, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE,"
                                + " DECIMAL, BOOLEAN, DATE, TIME or TIMESTAMP)");
        }
    }

    private static boolean isTime(LogicalType type) {
        return type.is(LogicalTypeRoot.DATE)
                || type.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)
                || type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    }

    /** The pattern in single quotes, in which two stand for one; null where there is none. */
    private String pattern() {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '\'') {
            return null;
        }
        int before = at;
        StringBuilder pattern = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) == '\'') {
                at++;
                if (at == text.length() || text.charAt(at) != '\'') {
                    return checked(pattern.toString(), before);
                }
            }
            pattern.append(text.charAt(at));
        }
        throw wrong("a closing quote");
    }

    private String checked(String pattern, int before) {
        try {
            DatePattern.of(pattern);
            return pattern;
        } catch (IllegalArgumentException e) {
            at = before;
            throw wrong("a pattern of SimpleDateFormat");
        }
    }

    /** Numbers in brackets, as many as there are. */
    private int[] arguments() {
        if (!take("(")) {
            return new int[0];
        }
        List<Integer> numbers = new ArrayList<>();
        do {
            numbers.add(number());
        } while (take(","));
        expect(")");
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private int number() {
        skipBlanks();
        int before = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == before || at - before > 9) {
            at = before;
            throw wrong("a number");
        }
        return Integer.parseInt(text.substring(before, at));
    }

    private String word(String expected) {
        skipBlanks();
        int before = at;
        while (at < text.length() && isPartOfAWord(text.charAt(at))) {
            at++;
        }
        if (at == before) {
            throw wrong(expected);
        }
        return text.substring(before, at);
    }

    private static boolean isPartOfAWord(char letter) {
        return Character.isLetterOrDigit(letter) || letter == '_' || letter == '$';
    }

    private void expect(String wanted) {
        if (!take(wanted)) {
            throw wrong(wanted);
        }
    }

    private boolean take(String wanted) {
        skipBlanks();
        int end = at + wanted.length();
        if (!text.regionMatches(true, at, wanted, 0, wanted.length())) {
            return false;
        }
        boolean isWord = isPartOfAWord(wanted.charAt(0));
        if (isWord && end < text.length() && isPartOfAWord(text.charAt(end))) {
            return false;
        }
        at = end;
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "Expected %s at character %d of the list of columns '%s'"
                        .formatted(expected, at + 1, text));
    }
}
