package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.parse.CreatePump;
import io.hydrant.sql.kda.parse.CreateStream;
import io.hydrant.sql.kda.parse.KdaParser;
import io.hydrant.sql.kda.run.Errors;
import io.hydrant.sql.kda.translate.Column;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

import java.util.Locale;
import java.util.Set;

/**
 * Sees whether an application answers each row by itself: no window, no state, nobody reads a time.
 * Then it does not matter how far time has come, so rows need not be brought together for that.
 *
 * <p>Knows little: an application that it does not understand is none of those.
 */
final class RowByRow {

    /** What gives the same for the same row, whenever and wherever. */
    private static final Set<SqlKind> PLAIN =
            Set.of(
                    SqlKind.AS,
                    SqlKind.AND,
                    SqlKind.OR,
                    SqlKind.NOT,
                    SqlKind.EQUALS,
                    SqlKind.NOT_EQUALS,
                    SqlKind.LESS_THAN,
                    SqlKind.LESS_THAN_OR_EQUAL,
                    SqlKind.GREATER_THAN,
                    SqlKind.GREATER_THAN_OR_EQUAL,
                    SqlKind.BETWEEN,
                    SqlKind.LIKE,
                    SqlKind.IN,
                    SqlKind.NOT_IN,
                    SqlKind.IS_NULL,
                    SqlKind.IS_NOT_NULL,
                    SqlKind.IS_TRUE,
                    SqlKind.IS_FALSE,
                    SqlKind.PLUS,
                    SqlKind.MINUS,
                    SqlKind.TIMES,
                    SqlKind.DIVIDE,
                    SqlKind.PLUS_PREFIX,
                    SqlKind.MINUS_PREFIX,
                    SqlKind.CAST,
                    SqlKind.CASE);

    private RowByRow() {}

    /** Whether an application is such a one. */
    static boolean holds(KdaParser.Script script) {
        if (!script.problems().isEmpty()) {
            return false;
        }
        Reader reader = new Reader();
        for (SqlNode statement : script.statements()) {
            if (statement instanceof CreatePump pump && pump.insert() instanceof SqlInsert insert) {
                reader.pump(insert);
            } else if (!(statement instanceof CreateStream)) {
                return false;
            }
        }
        return reader.isPlain;
    }

    private static final class Reader extends SqlBasicVisitor<Void> {

        private boolean isPlain = true;

        void pump(SqlInsert insert) {
            if (insert.getSource() instanceof SqlSelect select && isPlain(select)) {
                select.getSelectList().accept(this);
                select.getFrom().accept(this);
                if (select.getWhere() != null) {
                    select.getWhere().accept(this);
                }
                if (insert.getTargetColumnList() != null) {
                    insert.getTargetColumnList().accept(this);
                }
            } else {
                isPlain = false;
            }
        }

        private static boolean isPlain(SqlSelect select) {
            return !select.isDistinct()
                    && isStream(select.getFrom())
                    && select.getGroup() == null
                    && select.getHaving() == null
                    && select.getWindowList().isEmpty()
                    && select.getQualify() == null
                    && select.getOrderList() == null
                    && select.getOffset() == null
                    && select.getFetch() == null
                    && !select.hasHints();
        }

        private static boolean isStream(SqlNode from) {
            return from instanceof SqlIdentifier
                    || (from instanceof SqlCall alias
                            && alias.getKind() == SqlKind.AS
                            && alias.operand(0) instanceof SqlIdentifier);
        }

        @Override
        public Void visit(SqlCall call) {
            isPlain &= PLAIN.contains(call.getKind());
            return super.visit(call);
        }

        @Override
        public Void visit(SqlIdentifier identifier) {
            isPlain &= !identifier.isStar();
            for (String name : identifier.names) {
                isPlain &= !name.equalsIgnoreCase(Column.ROWTIME);
                isPlain &= !name.equalsIgnoreCase(Errors.NAME);
                isPlain &= !name.toUpperCase(Locale.ROOT).startsWith("CURRENT_");
            }
            return null;
        }

        @Override
        public Void visit(SqlIntervalQualifier interval) {
            return null;
        }
    }
}
