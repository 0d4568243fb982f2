package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
        if (name.equals("REGEX_REPLACE")
                && call.getOperandList().stream().anyMatch(o -> SqlUtil.isNullLiteral(o, false))) {
            return new Raw("CAST(NULL AS STRING)", call.getParserPosition());
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
     * the end; a text in its place is a regular expression.
     */
    private SqlNode substring(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        String text = expressions.sql(call.operand(0));
        if (call.operandCount() == 4) {
            return between(call, text);
        }
        if (text(call.operand(1)) != null) {
            String pattern = expressions.sql(call.operand(1));
            return new Raw("REGEXP_EXTRACT(" + text + ", " + pattern + ", 0)", position);
        }
        String start = expressions.sql(call.operand(1));
        String from = "GREATEST(" + start + ", 1)";
        if (call.operandCount() == 2) {
            return new Raw("SUBSTRING(" + text + " FROM " + from + ")", position);
        }
        String length =
                "GREATEST("
                        + start
                        + " + "
                        + expressions.sql(call.operand(2))
                        + " - "
                        + from
                        + ", 0)";
        return new Raw("SUBSTRING(" + text + " FROM " + from + " FOR " + length + ")", position);
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
