package io.hydrant.sql.functions.anomaly;

import io.hydrant.sql.functions.typing.Literals;
import io.hydrant.sql.functions.windows.InputTable;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.Row;

import java.util.Arrays;
import java.util.List;

/**
 * The columns of a table that make a point: the numeric ones that are no keys. All others are left
 * alone.
 *
 * <p>Source: SQL reference, RANDOM_CUT_FOREST and HOTSPOTS: DOUBLE, INTEGER, FLOAT, TINYINT,
 * SMALLINT, REAL and BIGINT, not DECIMAL; a forest takes 30 at most.
 */
record NumericColumns(int[] columns, List<String> names) {

    private static final int MOST = 30;

    static NumericColumns of(InputTable table) {
        int[] columns =
                Arrays.stream(table.besidesKeys())
                        .filter(column -> isNumeric(table.type(column).getLogicalType()))
                        .toArray();
        return new NumericColumns(columns, Arrays.stream(columns).mapToObj(table::name).toList());
    }

    /** Refuses tables that make no points. */
    static void check(InputTable table, Literals literals, String function) {
        for (int column : table.besidesKeys()) {
            if (table.type(column).getLogicalType().is(LogicalTypeRoot.DECIMAL)) {
                throw literals.wrong(
                        "%s takes no DECIMAL, which column '%s' is. Cast it to DOUBLE.",
                        function, table.name(column));
            }
        }
        int count = of(table).columns().length;
        if (count < 1 || count > MOST) {
            throw literals.wrong(
                    "%s takes 1 to %s numeric columns besides keys, but the table has %s: its columns are %s.",
                    function, MOST, count, table.names());
        }
    }

    /** The point, or null where a number is missing or none. */
    double[] point(Row row) {
        double[] point = new double[columns.length];
        for (int i = 0; i < point.length; i++) {
            Number value = row.getFieldAs(columns[i]);
            if (value == null || !Double.isFinite(value.doubleValue())) {
                return null;
            }
            point[i] = value.doubleValue();
        }
        return point;
    }

    private static boolean isNumeric(LogicalType type) {
        return type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                || type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC);
    }
}
