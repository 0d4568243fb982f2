package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Source;
import io.hydrant.sql.kda.translate.TableRows.Computed;
import io.hydrant.sql.kda.translate.TableRows.Condition;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query of a reference table that stands in FROM beside a stream, or a view of one: some of the
 * table's rows, with columns of other names and computed ones.
 */
final class TableQuery {

    private final Context context;

    TableQuery(Context context) {
        this.context = context;
    }

    /** Whether what stands in FROM has rows of a reference table alone. */
    boolean isTable(SqlNode from) {
        return switch (from.getKind()) {
            case AS, TABLE_REF -> isTable(((SqlCall) from).operand(0));
            case SELECT -> {
                SqlNode inner = ((SqlSelect) from).getFrom();
                yield inner != null && isTable(inner);
            }
            case IDENTIFIER -> isNameOfTable((SqlIdentifier) from);
            default -> false;
        };
    }

    private boolean isNameOfTable(SqlIdentifier identifier) {
        String name = identifier.names.get(identifier.names.size() - 1);
        SqlNode view = Applications.find(context.views(), name);
        if (view != null) {
            Map<String, SqlNode> others = new LinkedHashMap<>(context.views());
            others.values().removeIf(other -> other == view);
            return new TableQuery(context.with(others)).isTable(view);
        }
        Relation relation = Applications.find(context.relations(), name);
        return relation != null && relation.kind() == Relation.Kind.REFERENCE;
    }

    /** What a SELECT shows of a table's rows. */
    Source shown(SqlSelect select, Source table, String alias) {
        refuseGroups(select);
        Scope scope = table.scope();
        TableRows rows = table.table();
        List<Condition> conditions = new ArrayList<>(rows.conditions());
        if (select.getWhere() != null) {
            conditions.add(new Condition(select.getWhere(), scope));
        }
        List<Computed> computed = new ArrayList<>(rows.computed());
        List<Field> fields = new ArrayList<>();
        for (SqlNode item : Queries.expanded(select.getSelectList(), scope)) {
            SqlNode plain = Queries.plain(item);
            String name = Queries.name(item, fields.size());
            Field stored = stored(plain, scope);
            if (stored == null) {
                String column = context.names().next();
                computed.add(new Computed(column, plain, scope));
                fields.add(new Field(alias, name, column, null, true));
            } else {
                fields.add(new Field(alias, name, stored.column(), stored.type(), true));
            }
        }
        return new Source(
                new Scope(scope.view(), fields),
                new TableRows(rows.relation(), computed, conditions),
                null);
    }

    private static Field stored(SqlNode item, Scope scope) {
        if (!(item instanceof SqlIdentifier name)
                || (name.isSimple() && TimeCalls.isClock(name.getSimple()))) {
            return null;
        }
        List<String> path = scope.resolve(name);
        return scope.fields().stream()
                .filter(field -> path.size() == 1 && field.column().equals(path.get(0)))
                .findFirst()
                .orElse(null);
    }

    private static void refuseGroups(SqlSelect select) {
        boolean aggregates =
                select.getSelectList().stream()
                        .anyMatch(i -> Aggregates.inside(i, false) || Aggregates.inside(i, true));
        if (aggregates
                || select.isDistinct()
                || select.getGroup() != null
                || select.getHaving() != null) {
            throw new Refusal(
                    select,
                    "Beside a stream a query of a reference table shows single rows, without DISTINCT,"
                            + " GROUP BY and aggregates; put the groups into the table's file, or into"
                            + " a table of their own.");
        }
    }
}
