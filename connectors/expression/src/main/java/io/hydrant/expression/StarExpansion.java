package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the declared columns in the place of {@code *}, where it stands for all of the record's,
 * so that it does not take in what every record has besides.
 */
final class StarExpansion extends SqlShuttle {

    private final List<HiveType.Field> declared;

    StarExpansion(List<HiveType.Field> declared) {
        this.declared = declared;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select && isTable(select.getFrom())) {
            select.setSelectList(expanded(select.getSelectList()));
        }
        return visited;
    }

    private static boolean isTable(SqlNode from) {
        if (from == null) {
            return false;
        }
        SqlNode table = from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        return table instanceof SqlIdentifier;
    }

    private SqlNodeList expanded(SqlNodeList selected) {
        SqlNodeList all = new SqlNodeList(selected.getParserPosition());
        for (SqlNode each : selected) {
            if (each instanceof SqlIdentifier identifier && identifier.isStar()) {
                List<String> qualifier = identifier.names.subList(0, identifier.names.size() - 1);
                declared.forEach(column -> all.add(column(qualifier, column, identifier)));
            } else {
                all.add(each);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "* stands for the columns of "
                            + ExpressionOptions.COLUMNS.key()
                            + ", and it has none; set it, or name what to select");
        }
        return all;
    }

    private static SqlIdentifier column(
            List<String> qualifier, HiveType.Field column, SqlIdentifier star) {
        List<String> names = new ArrayList<>(qualifier);
        names.add(column.name());
        return new SqlIdentifier(names, star.getParserPosition());
    }
}
