package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Operators that the dialect has a syntax of its own for. */
public final class KdaOperators {

    /** What Calcite gives OVERLAPS. */
    private static final int PERIODS = 30;

    /** {@code STEP(x BY step)}: the largest multiple of the step that is not above x. */
    public static final SqlFunction STEP = function("STEP");

    /** {@code WINDOWED BY STAGGER}: the operands are the range and then the partition keys. */
    public static final SqlFunction STAGGER = function("STAGGER");

    /** {@code ORDER BY time WITHIN interval}. */
    public static final SqlFunction WITHIN = function("WITHIN");

    /** {@code SUBSTRING(text, start [, length])}, which is not what it is with FROM and FOR. */
    public static final SqlFunction SUBSTRING_BY_COMMAS = function("SUBSTRING");

    /** What the grammar puts behind the first operand of that. */
    public static final SqlNode COMMA = SqlLiteral.createNull(SqlParserPos.ZERO);

    /** {@code (s1, e1) LEADS (s2, e2)}. */
    public static final SqlBinaryOperator LEADS = ofPeriods("LEADS");

    /** {@code (s1, e1) LAGS (s2, e2)}. */
    public static final SqlBinaryOperator LAGS = ofPeriods("LAGS");

    /** {@code (s1, e1) IMMEDIATELY LEADS (s2, e2)}. */
    public static final SqlBinaryOperator IMMEDIATELY_LEADS = ofPeriods("IMMEDIATELY LEADS");

    /** {@code (s1, e1) IMMEDIATELY LAGS (s2, e2)}. */
    public static final SqlBinaryOperator IMMEDIATELY_LAGS = ofPeriods("IMMEDIATELY LAGS");

    /** {@code (s1, e1) STRICTLY CONTAINS (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_CONTAINS = ofPeriods("STRICTLY CONTAINS");

    /** {@code (s1, e1) STRICTLY OVERLAPS (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_OVERLAPS = ofPeriods("STRICTLY OVERLAPS");

    /** {@code (s1, e1) STRICTLY PRECEDES (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_PRECEDES = ofPeriods("STRICTLY PRECEDES");

    /** {@code (s1, e1) STRICTLY SUCCEEDS (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_SUCCEEDS = ofPeriods("STRICTLY SUCCEEDS");

    /** {@code (s1, e1) STRICTLY LEADS (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_LEADS = ofPeriods("STRICTLY LEADS");

    /** {@code (s1, e1) STRICTLY LAGS (s2, e2)}. */
    public static final SqlBinaryOperator STRICTLY_LAGS = ofPeriods("STRICTLY LAGS");

    private KdaOperators() {}

    /**
     * A call of SUBSTRING.
     *
     * @param operands in their order, {@link #COMMA} among them where one is
     */
    public static SqlNode substring(SqlParserPos position, List<SqlNode> operands) {
        List<SqlNode> without = operands.stream().filter(each -> each != COMMA).toList();
        return (without.size() == operands.size()
                        ? SqlStdOperatorTable.SUBSTRING
                        : SUBSTRING_BY_COMMAS)
                .createCall(position, without);
    }

    private static SqlBinaryOperator ofPeriods(String name) {
        return new SqlBinaryOperator(name, SqlKind.OTHER, PERIODS, true, null, null, null);
    }

    private static SqlFunction function(String name) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
}
