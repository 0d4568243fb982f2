package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.util.SqlBasicVisitor;

import java.util.ArrayList;
import java.util.List;

/** Finds the names that stand in FROM, in a query and in the queries inside it. */
final class FromNames extends SqlBasicVisitor<Void> {

    private final List<SqlIdentifier> names = new ArrayList<>();

    private FromNames() {}

    static List<SqlIdentifier> of(SqlNode query) {
        FromNames found = new FromNames();
        query.accept(found);
        return found.names;
    }

    @Override
    public Void visit(SqlCall call) {
        if (call instanceof SqlSelect select && select.getFrom() != null) {
            from(select.getFrom());
        }
        return super.visit(call);
    }

    private void from(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            names.add(name);
        } else if (node instanceof SqlTableRef table) {
            from(table.getOperandList().get(0));
        } else if (node instanceof SqlJoin join) {
            from(join.getLeft());
            from(join.getRight());
        } else if (node.getKind() == SqlKind.AS || node.getKind() == SqlKind.OVER) {
            from(((SqlCall) node).operand(0));
        }
    }
}
