package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Calls over texts that mean something else in Flink. */
final class TextCalls {

    private static final Set<SqlKind> COMPARISONS =
            EnumSet.of(
                    SqlKind.EQUALS,
                    SqlKind.NOT_EQUALS,
                    SqlKind.LESS_THAN,
                    SqlKind.LESS_THAN_OR_EQUAL,
                    SqlKind.GREATER_THAN,
                    SqlKind.GREATER_THAN_OR_EQUAL,
                    SqlKind.BETWEEN,
                    SqlKind.IN,
                    SqlKind.NOT_IN,
                    SqlKind.NULLIF);

    /** The character set in which each byte is a character. */
    private static final String BYTES = "'ISO-8859-1'";

    private static final int TRIM_OPERANDS = 3;

    private static final int REPLACE_OPERANDS = 5;

    private final Expressions expressions;
    private final ComparedTypes types;

    TextCalls(Expressions expressions) {
        this.expressions = expressions;
        types = new ComparedTypes(expressions);
    }

    /** The call in Flink's SQL; null if it is none of these. */
    SqlNode rewrite(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (name.equals("SUBSTRING") && call.operandCount() >= 2) {
            return substring(call);
        }
        if (name.equals("OVERLAY") && call.operandCount() >= 3) {
            return overlay(call);
        }
        if (name.equals("TRIM") && call.operandCount() == TRIM_OPERANDS) {
            return trim(call);
        }
        if (name.equals("INITCAP") && call.operandCount() == 1) {
            return new Raw(
                    "KDA_INITCAP(" + expressions.sql(call.operand(0)) + ")",
                    call.getParserPosition());
        }
        if (name.equals("REGEX_REPLACE")) {
            return regexReplace(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.SIMILAR_TO)
                || call.getOperator().equals(SqlStdOperatorTable.NOT_SIMILAR_TO)) {
            return similar(call);
        }
        if (!COMPARISONS.contains(call.getKind()) || call.operandCount() < 2) {
            return null;
        }
        types.check(call);
        return compared(call);
    }

    /** One character is trimmed; Flink takes any of several, and leaves the text for none. */
    private SqlNode trim(SqlCall call) {
        SqlNode trimmed = call.operand(1);
        String literal = text(trimmed);
        if (literal != null && literal.codePointCount(0, literal.length()) == 1) {
            return null;
        }
        SqlParserPos position = call.getParserPosition();
        String character = expressions.sql(trimmed);
        String failing = "CHAR_LENGTH(" + character + ") <> 1";
        expressions.hazard(
                new Hazard(
                        failing,
                        "EVALUATION_ERROR:TRIM takes one character, no empty and no longer text"));
        return call.getOperator()
                .createCall(
                        position,
                        call.operand(0),
                        new Raw(
                                "CASE WHEN NOT (" + failing + ") THEN " + character + " END",
                                position),
                        expressions.rewrite(call.operand(2)));
    }

    /**
     * What the reference makes an error of the row is NULL in the function: a start below 1, an
     * occurrence below 0, a replacement that names no group, a pattern of a column that is none.
     */
    private SqlNode regexReplace(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        if (call.operandCount() != REPLACE_OPERANDS) {
            throw new Refusal(
                    call,
                    "REGEX_REPLACE takes five arguments: the text, the pattern, the replacement, the"
                            + " first character (1) and the occurrence (0 for all).");
        }
        if (call.getOperandList().stream().anyMatch(o -> SqlUtil.isNullLiteral(o, false))) {
            return new Raw("CAST(NULL AS STRING)", position);
        }
        List<String> arguments = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            arguments.add(expressions.sql(operand));
        }
        String replaced = text(call.operand(2));
        boolean start = isAtLeast(call.operand(3), 1);
        boolean occurrence = isAtLeast(call.operand(REPLACE_OPERANDS - 1), 0);
        boolean plain = replaced != null && replaced.indexOf('$') < 0 && replaced.indexOf('\\') < 0;
        if (text(call.operand(1)) != null && plain && start && occurrence) {
            return new Raw("REGEX_REPLACE(" + String.join(", ", arguments) + ")", position);
        }
        String given =
                arguments.stream()
                        .map(argument -> "(" + argument + ") IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
        // Of a literal that is out of its range the function would refuse the whole statement.
        arguments.set(3, "NULLIF(GREATEST(" + arguments.get(3) + ", 0), 0)");
        arguments.set(4, "NULLIF(GREATEST(" + arguments.get(4) + ", -1), -1)");
        String value = "REGEX_REPLACE(" + String.join(", ", arguments) + ")";
        expressions.hazard(
                new Hazard(
                        given + " AND " + value + " IS NULL",
                        "EVALUATION_ERROR:REGEX_REPLACE begins at character 1 or behind it, takes an"
                                + " occurrence from 0 on, a pattern and a replacement of its groups"));
        return new Raw(value, position);
    }

    private static boolean isAtLeast(SqlNode node, int least) {
        return node instanceof SqlNumericLiteral literal
                && literal.isInteger()
                && literal.getValueAs(BigDecimal.class).intValue() >= least;
    }

    /** Blanks that fill a CHAR up do not count when it is compared; in Flink they do. */
    private SqlNode compared(SqlCall call) {
        if (call.getOperandList().stream().noneMatch(this::isPadded)) {
            return null;
        }
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(trimmed(operand));
        }
        return call.getOperator()
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
    }

    private SqlNode trimmed(SqlNode operand) {
        SqlParserPos position = operand.getParserPosition();
        if (operand instanceof SqlNodeList list) {
            return new SqlNodeList(list.stream().map(this::trimmed).toList(), position);
        }
        String literal = text(operand);
        if (literal != null) {
            return new Raw(FlinkSql.literal(literal.stripTrailing()), position);
        }
        return isPadded(operand)
                ? new Raw("RTRIM(" + expressions.sql(operand) + ")", position)
                : expressions.rewrite(operand);
    }

    private boolean isPadded(SqlNode operand) {
        Field column = expressions.column(operand);
        return column != null && column.type() != null && column.type().is(LogicalTypeRoot.CHAR);
    }

    /**
     * A position before the first character counts, as the standard says, but Flink counts it from
     * the end; a text in its place is a regular expression. Behind the last character nothing
     * begins: an empty text with FROM, NULL with commas, as the reference's tables have it.
     */
    private SqlNode substring(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        String text = expressions.sql(call.operand(0));
        if (call.operandCount() == 4) {
            return between(call, text);
        }
        boolean isBinary = isBinary(call.operand(0));
        Field column = expressions.column(call.operand(0));
        if (!isBinary
                && column != null
                && column.type() != null
                && !column.type().is(LogicalTypeFamily.CHARACTER_STRING)) {
            throw new Refusal(
                    call,
                    "SUBSTRING takes a text, not "
                            + Types.words(column.type())
                            + ", and nothing is converted by itself; write CAST(… AS VARCHAR(…)) around"
                            + " it.");
        }
        if (isBinary) {
            // Flink has SUBSTRING of texts alone; in this one each byte is a character.
            text = "DECODE(" + text + ", " + BYTES + ")";
        } else if (isPattern(call.operand(1))) {
            String pattern = expressions.sql(call.operand(1));
            return new Raw("REGEXP_EXTRACT(" + text + ", " + pattern + ", 0)", position);
        }
        String start = expressions.sql(call.operand(1));
        String from = "GREATEST(" + start + ", 1)";
        String length =
                call.operandCount() == 2
                        ? ""
                        : " FOR GREATEST("
                                + start
                                + " + "
                                + expressions.sql(call.operand(2))
                                + " - "
                                + from
                                + ", 0)";
        String part = "SUBSTRING(" + text + " FROM " + from + length + ")";
        String found =
                call.getOperator().equals(KdaOperators.SUBSTRING_BY_COMMAS)
                        ? "CASE WHEN "
                                + start
                                + " <= CHAR_LENGTH("
                                + text
                                + ") THEN "
                                + part
                                + " END"
                        : part;
        return new Raw(isBinary ? "ENCODE(" + found + ", " + BYTES + ")" : found, position);
    }

    /** Whether a value is bytes: a column's, one that is cast, or a part of such. */
    private boolean isBinary(SqlNode node) {
        if (node instanceof SqlCall cast && cast.getKind() == SqlKind.CAST) {
            return cast.operand(1) instanceof SqlDataTypeSpec type
                    && type.getTypeName().getSimple().toUpperCase(Locale.ROOT).endsWith("BINARY");
        }
        if (node instanceof SqlCall call && call.getOperator().getName().equals("SUBSTRING")) {
            return isBinary(call.operand(0));
        }
        Field column = text(node) == null ? expressions.column(node) : null;
        return column != null
                && column.type() != null
                && column.type().is(LogicalTypeFamily.BINARY_STRING);
    }

    /** A text in the place of the position: a literal, which must be a pattern, or a column. */
    private boolean isPattern(SqlNode operand) {
        String literal = text(operand);
        if (literal == null) {
            Field column = expressions.column(operand);
            return column != null
                    && column.type() != null
                    && column.type().is(LogicalTypeFamily.CHARACTER_STRING);
        }
        try {
            Pattern.compile(literal);
            return true;
        } catch (PatternSyntaxException e) {
            throw new Refusal(
                    operand,
                    "The pattern of SUBSTRING is none of java.util.regex: '"
                            + literal
                            + "' ("
                            + e.getDescription()
                            + ").");
        }
    }

    /** SUBSTRING(text SIMILAR pattern ESCAPE character); the grammar puts NULL before the two. */
    private static SqlNode between(SqlCall call, String text) {
        String pattern = text(call.operand(2));
        if (pattern == null) {
            throw new Refusal(call.operand(2), "The pattern behind SIMILAR is a literal.");
        }
        String regex = SimilarPattern.between(pattern, escape(call.operand(3)));
        if (regex == null) {
            throw new Refusal(
                    call.operand(2),
                    "The pattern has three parts; an escape character and a double quotation mark stand"
                            + " before and behind the second, such as '23#\"456#\"78' ESCAPE '#'.");
        }
        return new Raw(
                "REGEXP_EXTRACT(" + text + ", " + FlinkSql.literal(regex) + ", 1)",
                call.getParserPosition());
    }

    /** What begins before the text stands in front of it; what begins behind it, behind. */
    private SqlNode overlay(SqlCall call) {
        String text = expressions.sql(call.operand(0));
        String replacement = expressions.sql(call.operand(1));
        String start = expressions.sql(call.operand(2));
        String length = "CHAR_LENGTH(" + replacement + ")";
        if (call.operandCount() > 3) {
            length = expressions.sql(call.operand(3));
            expressions.hazard(
                    new Hazard(
                            length + " < 0", "EVALUATION_ERROR:The length of OVERLAY is negative"));
        }
        return new Raw(
                "SUBSTRING("
                        + text
                        + " FROM 1 FOR GREATEST("
                        + start
                        + " - 1, 0)) || "
                        + replacement
                        + " || SUBSTRING("
                        + text
                        + " FROM GREATEST("
                        + start
                        + " + "
                        + length
                        + ", 1))",
                call.getParserPosition());
    }

    /** A pattern that is known becomes a regular expression: Flink reads some otherwise. */
    private SqlNode similar(SqlCall call) {
        String pattern = text(call.operand(1));
        if (pattern == null) {
            return null;
        }
        char escape = call.operandCount() > 2 ? escape(call.operand(2)) : 0;
        String regex = SimilarPattern.whole(pattern, escape);
        String found =
                "REGEXP(" + expressions.sql(call.operand(0)) + ", " + FlinkSql.literal(regex) + ")";
        boolean not = call.getOperator().equals(SqlStdOperatorTable.NOT_SIMILAR_TO);
        return new Raw(not ? "NOT " + found : found, call.getParserPosition());
    }

    private static char escape(SqlNode node) {
        String escape = text(node);
        if (escape == null || escape.length() != 1) {
            throw new Refusal(node, "ESCAPE takes one character, such as '#'.");
        }
        return escape.charAt(0);
    }

    /** The text of a literal; null for everything else. */
    static String text(SqlNode node) {
        return node instanceof SqlLiteral literal
                        && !(node instanceof Raw)
                        && node.getKind() == SqlKind.LITERAL
                        && literal.getValue() instanceof NlsString
                ? literal.getValueAs(NlsString.class).getValue()
                : null;
    }
}
