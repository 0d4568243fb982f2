package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;

/** Operators that the dialect has a syntax of its own for. */
public final class KdaOperators {

    /** {@code STEP(x BY step)}: the largest multiple of the step that is not above x. */
    public static final SqlFunction STEP = function("STEP");

    /** {@code WINDOWED BY STAGGER}: the operands are the range and then the partition keys. */
    public static final SqlFunction STAGGER = function("STAGGER");

    private KdaOperators() {}

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
