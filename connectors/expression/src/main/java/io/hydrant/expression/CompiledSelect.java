package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.SchemaPlus;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** A SELECT as code, for rows one at a time. Not thread-safe. */
final class CompiledSelect {

    /** Stands for no column: what is selected there is computed. */
    static final int COMPUTED = -1;

    private static final Object[] NOTHING = {};
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private final Function1<DataContext, Object[]> condition;
    private final Function1<DataContext, Object[]> values;
    private final List<RelDataTypeField> output;
    private final List<HiveType.Field> columns;
    private final BitSet computedWith;
    private final int[] copied;
    private final int[] computed;
    private final int declared;
    private final CurrentRow current = new CurrentRow();

    /**
     * What SelectTree made.
     *
     * @param values null where all that is selected goes on as it is
     * @param computedWith the columns that conditions and values ask for
     * @param copied for each that is selected the column that goes on as it is, or {@link
     *     #COMPUTED}
     */
    CompiledSelect(
            Function1<DataContext, Object[]> condition,
            Function1<DataContext, Object[]> values,
            List<RelDataTypeField> output,
            List<HiveType.Field> columns,
            BitSet computedWith,
            int[] copied,
            int declared) {
        this.condition = condition;
        this.values = values;
        this.output = output;
        this.columns = List.copyOf(columns);
        this.computedWith = computedWith;
        this.copied = copied.clone();
        this.computed = new int[copied.length];
        int count = 0;
        for (int i = 0; i < copied.length; i++) {
            computed[i] = copied[i] == COMPUTED ? count++ : COMPUTED;
        }
        this.declared = declared;
    }

    /** Names and types of what is selected. */
    List<RelDataTypeField> output() {
        return output;
    }

    /** The columns of a row, in their order. */
    List<HiveType.Field> columns() {
        return columns;
    }

    /** Whether a condition or a computed value asks for the column of that index. */
    boolean computesWith(int column) {
        return computedWith.get(column);
    }

    /** Whether the column of that index is selected as it is. */
    boolean copies(int column) {
        return Arrays.stream(copied).anyMatch(each -> each == column);
    }

    /** The column that is selected there as it is, or {@link #COMPUTED}. */
    int columnOf(int selected) {
        return copied[selected];
    }

    /**
     * Where the values that {@link #apply} gives have what is selected there, if it is computed.
     */
    int computedIndex(int selected) {
        return computed[selected];
    }

    /** How many columns are in the record's JSON; the others are every record's. */
    int declared() {
        return declared;
    }

    /**
     * What is computed of a row.
     *
     * @param row a value per column, null where it is null or not computed with
     * @return null if WHERE does not let it through
     * @throws RuntimeException as the SQL fails for this row: a division by zero, a bad cast, a
     *     number too large
     */
    Object[] apply(Object[] row) {
        current.row = row;
        try {
            boolean isIn = condition == null || Boolean.TRUE.equals(condition.apply(current)[0]);
            if (!isIn) {
                return null;
            }
            return values == null ? NOTHING : values.apply(current);
        } finally {
            current.row = null;
        }
    }

    /** What the code asks about its surroundings; none of it but the row changes. */
    private static final class CurrentRow implements DataContext {

        private Object[] row;

        @Override
        public Object get(String name) {
            return switch (name) {
                case "inputRecord" -> row;
                case "timeZone" -> UTC;
                case "locale" -> Locale.ROOT;
                default -> null;
            };
        }

        @Override
        public SchemaPlus getRootSchema() {
            return null;
        }

        @Override
        public JavaTypeFactory getTypeFactory() {
            return null;
        }

        @Override
        public QueryProvider getQueryProvider() {
            return null;
        }
    }
}
