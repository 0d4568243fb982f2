package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.ColumnDeclaration;
import io.hydrant.sql.kda.parse.CreateFunction;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Views and functions that no query uses. A query is made for each that does, so that their
 * mistakes are found as those of the others are.
 */
final class UnusedDeclarations {

    private final Map<String, Relation> relations;
    private final Map<String, SqlNode> views;
    private final Map<String, CreateFunction> functions;
    private final Collection<SqlNode> queries;

    /**
     * Looks for what is used.
     *
     * @param queries of the pumps
     */
    UnusedDeclarations(
            Map<String, Relation> relations,
            Map<String, SqlNode> views,
            Map<String, CreateFunction> functions,
            Collection<SqlNode> queries) {
        this.relations = relations;
        this.views = views;
        this.functions = functions;
        this.queries = queries;
    }

    /** The queries that use them, by a name for their stages. */
    Map<String, SqlNode> queries() {
        Map<String, SqlNode> unused = new LinkedHashMap<>();
        SqlIdentifier input =
                relations.values().stream()
                        .filter(relation -> relation.kind() == Relation.Kind.INPUT)
                        .map(relation -> FlinkSql.column(relation.name(), SqlParserPos.ZERO))
                        .findFirst()
                        .orElse(null);
        if (input == null) {
            return unused;
        }
        Set<String> read = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> called = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        queries.forEach(query -> uses(query, null, read, called));
        views.forEach((name, query) -> uses(query, name, read, called));
        Set<CreateFunction> declared = new LinkedHashSet<>(functions.values());
        declared.forEach(function -> calls(function.body(), called));
        views.forEach(
                (name, query) -> {
                    if (!read.contains(name)) {
                        unused.put("view " + name, ofView(name, query, input));
                    }
                });
        functions.forEach(
                (name, function) -> {
                    if (name.endsWith(")") && !called.contains(name)) {
                        unused.put("function " + name, ofFunction(function, input));
                    }
                });
        return unused;
    }

    private static void uses(SqlNode query, String own, Set<String> read, Set<String> called) {
        for (SqlIdentifier name : FromNames.of(query)) {
            String last = name.names.get(name.names.size() - 1);
            if (!last.equalsIgnoreCase(own)) {
                read.add(last);
            }
        }
        calls(query, called);
    }

    private static void calls(SqlNode node, Set<String> called) {
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (call.getOperator() instanceof SqlFunction) {
                            String name = Expressions.simple(call);
                            called.add(
                                    Expressions.overload(
                                            name.toUpperCase(Locale.ROOT), call.operandCount()));
                        }
                        return super.visit(call);
                    }
                });
    }

    /** A view of a reference table stands beside a stream alone. */
    private SqlNode ofView(String name, SqlNode query, SqlIdentifier input) {
        SqlParserPos position = query.getParserPosition();
        SqlNode view = FlinkSql.column(name, position);
        boolean table =
                new TableQuery(new Queries.Context(relations, views, functions, null, null, null))
                        .isTable(view);
        return select(
                SqlIdentifier.star(position),
                table
                        ? new SqlJoin(
                                position,
                                input,
                                SqlLiteral.createBoolean(false, position),
                                JoinType.CROSS.symbol(position),
                                view,
                                JoinConditionType.NONE.symbol(position),
                                null)
                        : view,
                position);
    }

    private static SqlNode ofFunction(CreateFunction function, SqlIdentifier input) {
        SqlParserPos position = function.getParserPosition();
        List<SqlNode> arguments = new ArrayList<>();
        for (SqlNode parameter : function.parameters()) {
            arguments.add(
                    SqlStdOperatorTable.CAST.createCall(
                            position,
                            SqlLiteral.createNull(position),
                            ((ColumnDeclaration) parameter).type()));
        }
        SqlNode call =
                new SqlUnresolvedFunction(
                                function.name(),
                                null,
                                null,
                                null,
                                null,
                                SqlFunctionCategory.USER_DEFINED_FUNCTION)
                        .createCall(position, arguments);
        return select(call, input, position);
    }

    private static SqlNode select(SqlNode item, SqlNode from, SqlParserPos position) {
        return new SqlSelect(
                position,
                null,
                new SqlNodeList(List.of(item), position),
                from,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
