package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.SchemaPlus;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** A SELECT as code, for rows one at a time. Not thread-safe. */
final class CompiledSelect {

    private final Function1<DataContext, Object[]> condition;
    private final Function1<DataContext, Object[]> values;
    private final List<RelDataTypeField> output;
    private final List<HiveType.Field> columns;
    private final BitSet used;
    private final int declared;
    private final CurrentRow current = new CurrentRow();

    CompiledSelect(
            Function1<DataContext, Object[]> condition,
            Function1<DataContext, Object[]> values,
            List<RelDataTypeField> output,
            List<HiveType.Field> columns,
            BitSet used,
            int declared) {
        this.condition = condition;
        this.values = values;
        this.output = output;
        this.columns = List.copyOf(columns);
        this.used = used;
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

    /** Whether the column of that index is asked for. */
    boolean uses(int column) {
        return used.get(column);
    }

    /** How many columns are in the record's JSON; the others are every record's. */
    int declared() {
        return declared;
    }

    /**
     * What is selected of a row.
     *
     * @param row a value per column, null where it is null or not used
     * @return null if WHERE does not let it through
     * @throws RuntimeException as the SQL fails for this row: a division by zero, a bad cast, a
     *     number too large
     */
    Object[] apply(Object[] row) {
        current.row = row;
        try {
            boolean isIn = condition == null || Boolean.TRUE.equals(condition.apply(current)[0]);
            return isIn ? values.apply(current) : null;
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
                case "timeZone" -> TimeZone.getTimeZone("UTC");
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
