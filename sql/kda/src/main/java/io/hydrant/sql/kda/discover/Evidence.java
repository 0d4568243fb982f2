package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.ColumnType;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What the samples say of the type of one column.
 *
 * <p>KDA took the narrowest type that held its samples, and the developer guide warns that larger
 * values then go to the error stream ("Detecting Data Anomalies", step 2). Here whole numbers are
 * INTEGER or BIGINT, others DOUBLE, texts a power of two that holds the longest.
 */
final class Evidence {

    private static final int SHORTEST = 4;

    /** What a column that was null in every sample may hold. */
    private static final int UNSEEN = 64;

    private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{1,30})?");

    /** A moment as KDA reads it; with a T in its middle it stayed a text, as in the guide. */
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?");

    private int values;
    private int booleans;
    private int moments;
    private int numbers;
    private boolean fractions;
    private BigDecimal least = BigDecimal.ZERO;
    private BigDecimal greatest = BigDecimal.ZERO;
    private int longest;

    /** Takes a value of JSON. */
    void json(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return;
        }
        if (node.isNumber()) {
            seen(node.asText());
            number(node.decimalValue());
        } else if (node.isBoolean()) {
            seen(node.asText());
            booleans++;
        } else {
            text(node.isTextual() ? node.textValue() : node.toString());
        }
    }

    /** Takes a field of CSV, in which numbers are texts, too. */
    void field(String text) {
        if (text == null) {
            return;
        }
        if (NUMBER.matcher(text).matches()) {
            seen(text);
            number(new BigDecimal(text));
        } else if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            seen(text);
            booleans++;
        } else {
            text(text);
        }
    }

    /** Whether a text is a number or a time, which no column is named. */
    static boolean isValue(String text) {
        return text != null && (NUMBER.matcher(text).matches() || MOMENT.matcher(text).matches());
    }

    private void text(String text) {
        seen(text);
        if (MOMENT.matcher(text).matches()) {
            moments++;
        }
    }

    private void number(BigDecimal number) {
        numbers++;
        fractions |= number.stripTrailingZeros().scale() > 0;
        least = least.min(number);
        greatest = greatest.max(number);
    }

    private void seen(String text) {
        values++;
        longest = Math.max(longest, text.codePointCount(0, text.length()));
    }

    /** The type that takes all that was seen. */
    ColumnType type() {
        if (values == 0) {
            return new ColumnType(ColumnType.Kind.VARCHAR, UNSEEN, 0);
        }
        if (booleans == values) {
            return new ColumnType(ColumnType.Kind.BOOLEAN, 0, 0);
        }
        if (moments == values) {
            return new ColumnType(ColumnType.Kind.TIMESTAMP, 0, 0);
        }
        if (numbers == values) {
            return new ColumnType(numberKind(), 0, 0);
        }
        int length = SHORTEST;
        while (length < longest) {
            length *= 2;
        }
        return new ColumnType(ColumnType.Kind.VARCHAR, Math.min(length, ColumnType.MAX_LENGTH), 0);
    }

    private ColumnType.Kind numberKind() {
        if (fractions || least.compareTo(MIN_LONG) < 0 || greatest.compareTo(MAX_LONG) > 0) {
            return ColumnType.Kind.DOUBLE;
        }
        return least.compareTo(MIN_INT) >= 0 && greatest.compareTo(MAX_INT) <= 0
                ? ColumnType.Kind.INTEGER
                : ColumnType.Kind.BIGINT;
    }
}
