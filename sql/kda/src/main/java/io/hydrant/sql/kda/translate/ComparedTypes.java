package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;

/**
 * Refuses comparisons of values of different kinds. Flink converts one of them, and the job fails
 * at the first row for which it cannot.
 *
 * <p>Source: SQL reference, "Data Types": implicit type conversion is not supported. A time beside
 * a literal is let pass, for the literal is read before any row.
 */
final class ComparedTypes {

    private enum Kind {
        TEXT("a text"),
        NUMBER("a number"),
        TRUTH("a truth value"),
        TIME("a time");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Expressions expressions;

    ComparedTypes(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Looks at a comparison of two operands and more. */
    void check(SqlCall call) {
        List<SqlNode> others = new ArrayList<>();
        for (SqlNode operand : call.getOperandList().subList(1, call.operandCount())) {
            if (operand instanceof SqlNodeList list) {
                others.addAll(list.getList());
            } else {
                others.add(operand);
            }
        }
        check(call, "is compared with", call.operand(0), others);
    }

    /** Looks at the value that LAG gives where there is no row so far back. */
    void checkDefault(SqlCall lag) {
        check(lag, "has for its default", lag.operand(0), List.of(lag.operand(2)));
    }

    private void check(SqlCall call, String verb, SqlNode first, List<SqlNode> others) {
        Kind kind = kind(first);
        if (kind == null) {
            return;
        }
        for (SqlNode other : others) {
            Kind beside = kind(other);
            boolean literal = TextCalls.text(first) != null || TextCalls.text(other) != null;
            boolean time = kind == Kind.TIME || beside == Kind.TIME;
            if (beside != null && beside != kind && !(time && literal)) {
                throw new Refusal(
                        call,
                        "Here "
                                + kind.words
                                + " "
                                + verb
                                + " "
                                + beside.words
                                + ", and nothing is converted by itself; write CAST(… AS …) around"
                                + " one of the two"
                                + (literal ? ", or the literal in the other's form." : "."));
            }
        }
    }

    /** Whether values of two types cannot stand in one column. */
    static boolean differ(LogicalType one, LogicalType other) {
        Kind first = kind(one);
        Kind second = kind(other);
        return first != null && second != null && first != second;
    }

    /** Null for what is not looked at. */
    private Kind kind(SqlNode node) {
        if (node instanceof SqlNumericLiteral) {
            return Kind.NUMBER;
        }
        if (TextCalls.text(node) != null) {
            return Kind.TEXT;
        }
        if ((node instanceof SqlLiteral && !(node instanceof Raw))
                || node.getKind() == SqlKind.ROW) {
            return null;
        }
        Scope.Field column = expressions.column(node);
        return column != null && column.type() != null ? kind(column.type()) : computed(node);
    }

    private Kind computed(SqlNode node) {
        try {
            return kind(expressions.typeOf(node));
        } catch (Unplannable refused) {
            // Told of the expression as a whole.
            return null;
        }
    }

    private static Kind kind(LogicalType type) {
        if (type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return Kind.TEXT;
        }
        if (type.is(LogicalTypeFamily.NUMERIC)) {
            return Kind.NUMBER;
        }
        if (type.is(LogicalTypeRoot.BOOLEAN)) {
            return Kind.TRUTH;
        }
        return type.is(LogicalTypeFamily.DATETIME) ? Kind.TIME : null;
    }
}
