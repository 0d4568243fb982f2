package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sums, differences and products, whose result may be beyond the range of its type. Flink then
 * begins again at the other end, or gives NULL for a DECIMAL; here the row is an error.
 *
 * <p>Only what can leave its range is checked: of each operand it is known what it can be at most.
 * Numbers of approximate types have no such end.
 */
final class Arithmetic {

    private static final int LARGEST_PRECISION = 38;

    /** Products of double precision that are nearer to the end than this are computed exactly. */
    private static final String SURELY_LONG = "9.2E18";

    private final Expressions expressions;

    /** What the values of a rewritten operand are, at the least and at the most. */
    private final Map<SqlNode, Range> ranges = new IdentityHashMap<>();

    Arithmetic(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The call in Flink's SQL; null if it is none of these. */
    SqlNode rewrite(SqlCall call) {
        boolean absolute =
                call.getOperator().getName().toUpperCase(Locale.ROOT).equals("ABS")
                        && call.operandCount() == 1;
        return switch (call.getKind()) {
            case PLUS, MINUS, TIMES -> call.operandCount() == 2 ? combined(call) : null;
            case MINUS_PREFIX -> turned(call);
            default -> absolute ? turned(call) : null;
        };
    }

    private SqlNode combined(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        SqlNode left = expressions.rewrite(call.operand(0));
        SqlNode right = expressions.rewrite(call.operand(1));
        SqlNode result = call.getOperator().createCall(position, left, right);
        Range ofLeft = range(left);
        Range ofRight = range(right);
        if (ofLeft == null || ofRight == null) {
            return decimal(call, result, List.of(left, right));
        }
        LogicalTypeRoot type = wider(ofLeft.type(), ofRight.type());
        Range exact =
                switch (call.getKind()) {
                    case PLUS -> ofLeft.plus(ofRight, type);
                    case MINUS -> ofLeft.plus(ofRight.negated(), type);
                    default -> ofLeft.times(ofRight, type);
                };
        if (!exact.fits()) {
            String condition =
                    type == LogicalTypeRoot.BIGINT
                            ? ofLong(call.getKind(), left, right)
                            : beyond(call, left, right, Range.of(type));
            result = overflow(condition, call, type, result);
        }
        ranges.put(result, exact.clipped());
        return result;
    }

    /** A number with its sign turned: only the least of a type has no counterpart. */
    private SqlNode turned(SqlCall call) {
        SqlNode operand = expressions.rewrite(call.operand(0));
        SqlNode result = call.getOperator().createCall(call.getParserPosition(), operand);
        Range range = range(operand);
        if (range == null) {
            return result;
        }
        Range exact = range.negated();
        if (!exact.fits()) {
            result =
                    overflow(
                            "(" + FlinkSql.text(operand) + ") = " + Range.of(range.type()).lowest(),
                            call,
                            range.type(),
                            result);
        }
        if (call.getKind() == SqlKind.MINUS_PREFIX) {
            ranges.put(result, exact.clipped());
        }
        return result;
    }

    /** The quotient of a type's least number by minus one is beyond its range, too. */
    SqlNode quotient(SqlCall call, SqlNode dividend, SqlNode divisor, SqlNode result) {
        if (call.getKind() != SqlKind.DIVIDE) {
            return result;
        }
        Range ofDividend = range(dividend);
        Range ofDivisor = ofDividend == null ? null : range(divisor);
        if (ofDivisor == null || !ofDivisor.holds(BigInteger.ONE.negate())) {
            return result;
        }
        LogicalTypeRoot type = wider(ofDividend.type(), ofDivisor.type());
        if (!ofDividend.holds(Range.of(type).low())) {
            return result;
        }
        String condition =
                "("
                        + FlinkSql.text(divisor)
                        + ") = -1 AND ("
                        + FlinkSql.text(dividend)
                        + ") = "
                        + Range.of(type).lowest();
        return overflow(condition, call, type, result);
    }

    private SqlNode overflow(String condition, SqlCall call, LogicalTypeRoot type, SqlNode result) {
        SqlParserPos position = call.getParserPosition();
        return expressions.failing(
                condition,
                Hazard.OVERFLOW
                        + "The result of "
                        + call.getOperator().getName()
                        + " at line "
                        + position.getLineNum()
                        + ", column "
                        + position.getColumnNum()
                        + " is beyond the range of "
                        + type,
                result);
    }

    /** Of types whose sums and products a BIGINT holds. */
    private static String beyond(SqlCall call, SqlNode left, SqlNode right, Range range) {
        SqlNode widened =
                call.getOperator()
                        .createCall(
                                call.getParserPosition(),
                                new Raw(
                                        "CAST(" + FlinkSql.text(left) + " AS BIGINT)",
                                        left.getParserPosition()),
                                right);
        return FlinkSql.text(widened) + " NOT BETWEEN " + range.lowest() + " AND " + range.high();
    }

    private String ofLong(SqlKind kind, SqlNode leftNode, SqlNode rightNode) {
        Range range = Range.of(LogicalTypeRoot.BIGINT);
        String left = "(" + FlinkSql.text(leftNode) + ")";
        String right = "(" + FlinkSql.text(rightNode) + ")";
        if (kind == SqlKind.TIMES) {
            String nearly = "ABS(CAST(" + left + " AS DOUBLE) * CAST(" + right + " AS DOUBLE))";
            String product =
                    "CAST(" + left + " AS DECIMAL(19, 0)) * CAST(" + right + " AS DECIMAL(19, 0))";
            return nearly
                    + " > "
                    + SURELY_LONG
                    + " AND "
                    + product
                    + " NOT BETWEEN "
                    + range.low()
                    + " AND "
                    + range.high();
        }
        boolean sum = kind == SqlKind.PLUS;
        Range by = sum ? range(rightNode) : range(rightNode).negated();
        String above = left + " > " + range.high() + (sum ? " - " : " + ") + right;
        String below = left + " < " + range.lowest() + (sum ? " - " : " + ") + right;
        if (by.low().signum() >= 0) {
            return above;
        }
        if (by.high().signum() <= 0) {
            return below;
        }
        return "CASE WHEN "
                + right
                + (sum ? " > 0" : " < 0")
                + " THEN "
                + above
                + " ELSE "
                + below
                + " END";
    }

    /** What Flink gives NULL for, since no DECIMAL has as many digits. */
    private SqlNode decimal(SqlCall call, SqlNode result, List<SqlNode> operands) {
        LogicalType type = type(result);
        if (!(type instanceof DecimalType decimal) || decimal.getPrecision() < LARGEST_PRECISION) {
            return result;
        }
        StringBuilder condition = new StringBuilder("(" + FlinkSql.text(result) + ") IS NULL");
        for (SqlNode operand : operands) {
            condition.append(" AND (").append(FlinkSql.text(operand)).append(") IS NOT NULL");
        }
        return overflow(condition.toString(), call, LogicalTypeRoot.DECIMAL, result);
    }

    /** What an integer can be; null for what is none. */
    private Range range(SqlNode node) {
        Range known = ranges.get(node);
        if (known != null) {
            return known;
        }
        if (node instanceof SqlNumericLiteral literal) {
            return Range.of(literal);
        }
        LogicalType type = type(node);
        return type != null && type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                ? Range.of(type.getTypeRoot())
                : null;
    }

    /** Null for what Flink refuses, which is told of the expression as a whole. */
    private LogicalType type(SqlNode node) {
        LogicalType column = expressions.columnType(node);
        if (column != null) {
            return column;
        }
        try {
            return expressions.type(FlinkSql.text(node), node.getParserPosition());
        } catch (Unplannable refused) {
            return null;
        }
    }

    private static LogicalTypeRoot wider(LogicalTypeRoot one, LogicalTypeRoot other) {
        return Range.of(one).high().compareTo(Range.of(other).high()) >= 0 ? one : other;
    }

    /** Integers from one to another, of a type that need not hold them. */
    private record Range(BigInteger low, BigInteger high, LogicalTypeRoot type) {

        static Range of(LogicalTypeRoot type) {
            int bits =
                    switch (type) {
                        case TINYINT -> 7;
                        case SMALLINT -> 15;
                        case INTEGER -> 31;
                        default -> 63;
                    };
            BigInteger end = BigInteger.ONE.shiftLeft(bits);
            return new Range(end.negate(), end.subtract(BigInteger.ONE), type);
        }

        static Range of(SqlNumericLiteral literal) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            if (!literal.isInteger() || value.scale() > 0) {
                return null;
            }
            BigInteger number = value.toBigInteger();
            for (LogicalTypeRoot type : List.of(LogicalTypeRoot.INTEGER, LogicalTypeRoot.BIGINT)) {
                Range range = new Range(number, number, type);
                if (range.fits()) {
                    return range;
                }
            }
            return null;
        }

        boolean fits() {
            return bounds().low.compareTo(low) <= 0 && bounds().high.compareTo(high) >= 0;
        }

        boolean holds(BigInteger number) {
            return low.compareTo(number) <= 0 && high.compareTo(number) >= 0;
        }

        Range clipped() {
            return new Range(low.max(bounds().low), high.min(bounds().high), type);
        }

        private Range bounds() {
            return of(type);
        }

        Range negated() {
            return new Range(high.negate(), low.negate(), type);
        }

        Range plus(Range other, LogicalTypeRoot of) {
            return new Range(low.add(other.low), high.add(other.high), of);
        }

        Range times(Range other, LogicalTypeRoot of) {
            List<BigInteger> corners =
                    List.of(
                            low.multiply(other.low),
                            low.multiply(other.high),
                            high.multiply(other.low),
                            high.multiply(other.high));
            return new Range(
                    corners.stream().reduce(BigInteger::min).orElseThrow(),
                    corners.stream().reduce(BigInteger::max).orElseThrow(),
                    of);
        }

        /** The lowest number as Flink's SQL has it, which knows no literal of BIGINT's. */
        String lowest() {
            return "(" + low.add(BigInteger.ONE) + " - 1)";
        }
    }
}
