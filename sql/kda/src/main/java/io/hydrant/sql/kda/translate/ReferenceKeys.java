package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Stages.KeyPair;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells the conditions by which rows of a reference table are found, equal keys, from the rest.
 *
 * <p>Values are keys where equal ones are the same object for Java; a number and another type's
 * number, or a text and one that blanks fill up, are compared by Flink.
 */
final class ReferenceKeys {

    private final Expressions ofStream;
    private final Function<SqlIdentifier, Field> ofTable;
    private final String prefix;
    private final Predicate<String> stored;

    private final List<KeyPair> pairs = new ArrayList<>();
    private final List<String> computed = new ArrayList<>();
    private final List<SqlNode> rest = new ArrayList<>();

    /**
     * Takes no condition yet.
     *
     * @param ofStream rewrites expressions of the stream alone
     * @param ofTable the column of the table that a name means; null where it means none
     * @param prefix of the columns that keys are computed in
     * @param stored whether the table itself has a column, and no query computes it
     */
    ReferenceKeys(
            Expressions ofStream,
            Function<SqlIdentifier, Field> ofTable,
            String prefix,
            Predicate<String> stored) {
        this.ofStream = ofStream;
        this.ofTable = ofTable;
        this.prefix = prefix;
        this.stored = stored;
    }

    /** Equal columns of the stream and the table. */
    List<KeyPair> pairs() {
        return pairs;
    }

    /** What the stream's columns of the pairs are computed from. */
    List<String> computed() {
        return computed;
    }

    /** The conditions that no key stands for. */
    List<SqlNode> rest() {
        return rest;
    }

    /** Takes a condition apart. */
    void add(SqlNode condition) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(this::add);
        } else if (!isPair(condition)) {
            rest.add(condition);
        }
    }

    private boolean isPair(SqlNode condition) {
        if (!(condition instanceof SqlCall equal)
                || !equal.getOperator().equals(SqlStdOperatorTable.EQUALS)) {
            return false;
        }
        for (int side = 0; side < 2; side++) {
            Field column =
                    equal.operand(side) instanceof SqlIdentifier name ? ofTable.apply(name) : null;
            if (column != null
                    && stored.test(column.column())
                    && !mentionsTable(equal.operand(1 - side))) {
                return isPair(equal.operand(1 - side), column);
            }
        }
        return false;
    }

    private boolean isPair(SqlNode expression, Field column) {
        String sql;
        try {
            sql = ofStream.sql(expression);
        } catch (Refusal ofNeither) {
            // What refuses the name reports it with all names there are.
            return false;
        }
        if (!isKey(ofStream.type(sql, expression.getParserPosition()), column.type())) {
            return false;
        }
        String left = "$KEY" + prefix + computed.size();
        computed.add(sql + " AS " + FlinkSql.name(left));
        pairs.add(new KeyPair(left, column.column()));
        return true;
    }

    private static boolean isKey(LogicalType left, LogicalType right) {
        if (left.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return right.is(LogicalTypeFamily.INTEGER_NUMERIC);
        }
        if (left.is(LogicalTypeRoot.CHAR) || left.is(LogicalTypeRoot.DECIMAL)) {
            return left.copy(true).equals(right.copy(true));
        }
        return left.getTypeRoot() == right.getTypeRoot();
    }

    private boolean mentionsTable(SqlNode node) {
        AtomicBoolean found = new AtomicBoolean();
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlIdentifier name) {
                        if (!name.isStar() && ofTable.apply(name) != null) {
                            found.set(true);
                        }
                        return null;
                    }
                });
        return found.get();
    }
}
