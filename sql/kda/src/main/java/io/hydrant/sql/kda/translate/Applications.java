package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.parse.AlterPump;
import io.hydrant.sql.kda.parse.ColumnDeclaration;
import io.hydrant.sql.kda.parse.CreateFunction;
import io.hydrant.sql.kda.parse.CreatePump;
import io.hydrant.sql.kda.parse.CreateSchema;
import io.hydrant.sql.kda.parse.CreateStream;
import io.hydrant.sql.kda.parse.CreateView;
import io.hydrant.sql.kda.parse.DropObject;
import io.hydrant.sql.kda.parse.KdaParser;
import io.hydrant.sql.kda.parse.KdaParser.Script;
import io.hydrant.sql.kda.translate.Relation.Kind;
import io.hydrant.sql.kda.translate.Stages.Target;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Turns the text of an application into stages.
 *
 * <p>Pumps are translated in the order in which their rows flow, whatever the order of the text.
 */
public final class Applications {

    private final Stages stages;
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final Map<String, SqlNode> views = new LinkedHashMap<>();
    private final Map<String, CreateFunction> functions = new LinkedHashMap<>();
    private final Map<String, CreatePump> pumps = new LinkedHashMap<>();

    /** By stream, the columns that take no NULL. */
    private final Map<String, Set<String>> required = new HashMap<>();

    private final Set<String> stopped = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** What can give a number that no approximate type holds; CAST does of a text. */
    private static final Set<SqlKind> COMPUTING =
            EnumSet.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.CAST);

    private Applications(List<Relation> given, Stages stages) {
        this.stages = stages;
        Relation errors = stages.errorStream();
        relations.put(errors.name(), errors);
        given.forEach(relation -> relations.put(relation.name(), relation));
    }

    /**
     * What an application is.
     *
     * @param streams the streams that its pumps write, in the order of the text
     * @param problems what cannot run; where there are any, the stages are not to be run
     */
    public record Translated(List<Relation> streams, List<Problem> problems) {}

    /**
     * Translates.
     *
     * @param text the application's SQL
     * @param given the streams and reference tables that it begins with
     * @param stages takes the stages
     */
    public static Translated translate(String text, List<Relation> given, Stages stages) {
        return new Applications(given, stages).translate(KdaParser.parse(text));
    }

    private Translated translate(Script script) {
        problems.addAll(script.problems());
        for (SqlNode statement : script.statements()) {
            tried(() -> declare(statement));
        }
        List<String> written = new ArrayList<>();
        for (String pump : inOrderOfFlow()) {
            if (!stopped.contains(pump)) {
                tried(() -> written.add(pump(pump, pumps.get(pump), stages)));
            }
        }
        checkUnused();
        List<Relation> streams =
                relations.values().stream()
                        .filter(r -> r.kind() == Kind.STREAM && written.contains(r.name()))
                        .toList();
        return new Translated(streams, problems.stream().sorted().distinct().toList());
    }

    /** Views and functions that no pump uses, and pumps that are stopped. */
    private void checkUnused() {
        Map<String, SqlNode> unused =
                new UnusedDeclarations(
                                relations,
                                views,
                                functions,
                                pumps.values().stream().map(Applications::source).toList())
                        .queries();
        List<String> idle = pumps.keySet().stream().filter(stopped::contains).toList();
        if (unused.isEmpty() && idle.isEmpty()) {
            return;
        }
        Stages trial = stages.trial();
        idle.forEach(pump -> tried(() -> pump(pump, pumps.get(pump), trial)));
        unused.forEach(
                (name, query) -> tried(() -> new Queries(context(name, trial)).translate(query)));
    }

    private Queries.Context context(String name, Stages of) {
        return new Queries.Context(relations, views, functions, of, new Names(name), name);
    }

    private void tried(Runnable step) {
        try {
            step.run();
        } catch (Refusal refused) {
            problems.add(refused.problem());
        } catch (Unplannable refused) {
            problems.add(new Problem(refused.line(), refused.column(), refused.getMessage()));
        }
    }

    private void declare(SqlNode statement) {
        if (statement instanceof CreateStream stream) {
            String name = last(stream.name());
            refuseSecond("stream", name, relations.containsKey(name), stream);
            relations.put(
                    name, new Relation(name, columns(stream.columns()), List.of(), Kind.STREAM));
            required.put(name, required(stream.columns()));
        } else if (statement instanceof CreatePump pump) {
            String name = last(pump.name());
            refuseSecond("pump", name, pumps.containsKey(name), pump);
            pumps.put(name, pump);
            if (!pump.started()) {
                stopped.add(name);
            }
        } else if (statement instanceof CreateView view) {
            refuseSecond("view", last(view.name()), views.containsKey(last(view.name())), view);
            views.put(last(view.name()), named(view.query(), view.name(), view.columns()));
        } else if (statement instanceof CreateFunction function) {
            functions.put(last(function.name()), function);
            functions.put(
                    Expressions.overload(last(function.name()), function.parameters().size()),
                    function);
        } else if (statement instanceof AlterPump alter) {
            alter(alter);
        } else if (statement instanceof DropObject drop) {
            drop(drop);
        } else if (statement instanceof SqlInsert insert) {
            pumps.put(
                    "INSERT at line " + insert.getParserPosition().getLineNum(),
                    new CreatePump(
                            insert.getParserPosition(),
                            false,
                            new SqlIdentifier("INSERT", insert.getParserPosition()),
                            insert,
                            true));
        } else if (!(statement instanceof CreateSchema)) {
            throw new Refusal(
                    statement,
                    statement.isA(SqlKind.QUERY)
                            ? "A query by itself shows its rows to nobody; write CREATE PUMP … AS INSERT INTO a"
                                    + " stream before it."
                            : statement.getKind() + " is no statement of an application.");
        }
    }

    /** CREATE of what there is already, which took OR REPLACE to be another. */
    private static void refuseSecond(
            String kind, String name, boolean exists, SqlCreate statement) {
        if (exists && !statement.getReplace()) {
            throw new Refusal(
                    statement,
                    "There is a "
                            + kind
                            + " "
                            + name
                            + " already; give this one another name, or write CREATE OR REPLACE where"
                            + " it is to stand in for that.");
        }
    }

    /** The query of a view, under the names that the view gives its columns. */
    static SqlNode named(SqlNode query, SqlIdentifier name, SqlNodeList columns) {
        if (columns == null || columns.isEmpty()) {
            return query;
        }
        SqlParserPos position = query.getParserPosition();
        List<SqlNode> renamed = new ArrayList<>();
        renamed.add(query);
        renamed.add(new SqlIdentifier(last(name), position));
        columns.forEach(renamed::add);
        return new SqlSelect(
                position,
                null,
                new SqlNodeList(List.of(SqlIdentifier.star(position)), position),
                SqlStdOperatorTable.AS.createCall(position, renamed),
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

    private void alter(AlterPump alter) {
        String name = last(alter.name());
        boolean all = name.isEmpty() || name.equals("*");
        if (!all && find(pumps, name) == null) {
            throw new Refusal(alter.name(), "There is no pump " + name + ".");
        }
        for (String pump : pumps.keySet()) {
            if (all || pump.equalsIgnoreCase(name)) {
                if (alter.start()) {
                    stopped.remove(pump);
                } else {
                    stopped.add(pump);
                }
            }
        }
    }

    private void drop(DropObject drop) {
        String name = last(drop.name());
        switch (drop.kind()) {
            case "STREAM" -> relations.remove(name);
            case "PUMP" -> pumps.remove(name);
            case "VIEW" -> views.remove(name);
            default -> functions.keySet().removeIf(f -> f.equals(name) || f.startsWith(name + "("));
        }
    }

    private static List<Column> columns(SqlNodeList declared) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlNode node : declared) {
            ColumnDeclaration column = (ColumnDeclaration) node;
            if (column.name().equals(Column.ROWTIME)) {
                throw new Refusal(column, "Every stream has a column ROWTIME; do not declare it.");
            }
            if (!names.add(column.name())) {
                throw new Refusal(column, "There are two columns " + column.name() + ".");
            }
            columns.add(new Column(column.name(), Types.flink(column.type())));
        }
        return columns;
    }

    private static Set<String> required(SqlNodeList declared) {
        return declared.stream()
                .map(ColumnDeclaration.class::cast)
                .filter(column -> !column.nullable())
                .map(ColumnDeclaration::name)
                .collect(Collectors.toSet());
    }

    /**
     * Pumps such that each stream is written by all of its pumps before it is read. Those that the
     * error stream flows into come last: it has the errors of all the others.
     */
    private List<String> inOrderOfFlow() {
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        pumps.forEach((name, pump) -> readers.put(name, read(source(pump))));
        Set<String> ofErrors = ofErrors(readers);
        List<String> order = new ArrayList<>();
        Set<String> waiting = new LinkedHashSet<>(pumps.keySet());
        while (!waiting.isEmpty()) {
            String next = null;
            for (String pump : waiting) {
                Set<String> needed = readers.get(pump);
                boolean ready =
                        waiting.stream()
                                .filter(other -> !stopped.contains(other))
                                .filter(other -> isStream(target(pumps.get(other))))
                                .noneMatch(other -> needed.contains(target(pumps.get(other))));
                if (ready && (!ofErrors.contains(pump) || ofErrors.containsAll(waiting))) {
                    next = pump;
                    break;
                }
            }
            if (next == null) {
                String pump = waiting.iterator().next();
                problems.add(
                        new Refusal(
                                        pumps.get(pump),
                                        "The pumps "
                                                + String.join(", ", waiting)
                                                + " read what they write; a circle cannot run.")
                                .problem());
                return List.of();
            }
            order.add(next);
            waiting.remove(next);
        }
        return order;
    }

    /** What else a pump writes is refused where the pump is translated. */
    private boolean isStream(String name) {
        Relation relation = relations.get(name);
        return relation == null || relation.kind() == Kind.STREAM;
    }

    /** The pumps that read the error stream, or a stream that such a pump writes. */
    private Set<String> ofErrors(Map<String, Set<String>> readers) {
        Set<String> streams = new HashSet<>();
        relations.values().stream()
                .filter(relation -> relation.kind() == Kind.ERRORS)
                .forEach(relation -> streams.add(relation.name()));
        Set<String> found = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> reader : readers.entrySet()) {
                if (!found.contains(reader.getKey())
                        && reader.getValue().stream().anyMatch(streams::contains)) {
                    found.add(reader.getKey());
                    streams.add(target(pumps.get(reader.getKey())));
                    more = true;
                }
            }
        }
        return found;
    }

    /** The streams and tables that stand in FROM, in the views among them, too. */
    private Set<String> read(SqlNode query) {
        Set<String> read = new HashSet<>();
        for (SqlIdentifier name : FromNames.of(query)) {
            String last = last(name);
            for (String relation : relations.keySet()) {
                if (relation.equalsIgnoreCase(last)) {
                    read.add(relation);
                }
            }
            SqlNode view = find(views, last);
            if (view != null && view != query) {
                read.addAll(read(view));
            }
        }
        return read;
    }

    private static SqlNode source(CreatePump pump) {
        return ((SqlInsert) pump.insert()).getSource();
    }

    private String target(CreatePump pump) {
        String name = last((SqlIdentifier) ((SqlInsert) pump.insert()).getTargetTable());
        Relation relation = find(relations, name);
        return relation == null ? name : relation.name();
    }

    /** Whether approximate numbers are computed here, and not only read. */
    private static boolean computes(SqlNode query) {
        AtomicBoolean found = new AtomicBoolean();
        query.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (COMPUTING.contains(call.getKind()) || Aggregates.isAggregate(call)) {
                            found.set(true);
                            return null;
                        }
                        return super.visit(call);
                    }
                });
        return found.get();
    }

    /** Translates a pump, and names the stream that it writes. */
    private String pump(String name, CreatePump pump, Stages of) {
        SqlInsert insert = (SqlInsert) pump.insert();
        SqlIdentifier targetName = (SqlIdentifier) insert.getTargetTable();
        Relation target = find(relations, last(targetName));
        if (target == null || target.kind() != Kind.STREAM) {
            throw new Refusal(
                    targetName,
                    target == null
                            ? "There is no stream "
                                    + last(targetName)
                                    + "; declare it by CREATE STREAM."
                            : target.name() + " is no stream that pumps can write.");
        }
        timesAsValues(insert, target);
        Output output = new Queries(context(name, of)).translate(insert.getSource());
        of.pump(
                name,
                output.view(),
                target,
                targets(insert, target, output),
                !functions.isEmpty() || !views.isEmpty() || computes(insert.getSource()),
                pump.getParserPosition());
        return target.name();
    }

    /**
     * The ROWTIME of one side of a join that stands where a column of another name is written is a
     * value like any other: the pair keeps its own time.
     */
    private static void timesAsValues(SqlInsert insert, Relation target) {
        SqlNode query =
                insert.getSource() instanceof SqlOrderBy ordered
                        ? ordered.query
                        : insert.getSource();
        if (!(query instanceof SqlSelect select) || !(select.getFrom() instanceof SqlJoin)) {
            return;
        }
        SqlNodeList asked = insert.getTargetColumnList();
        SqlNodeList items = select.getSelectList();
        boolean star =
                items.stream().anyMatch(i -> i instanceof SqlIdentifier name && name.isStar());
        if (star || items.size() != (asked == null ? target.columns().size() : asked.size())) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            String column =
                    asked == null
                            ? target.columns().get(i).name()
                            : last((SqlIdentifier) asked.get(i));
            if (items.get(i) instanceof SqlIdentifier time
                    && !time.isSimple()
                    && last(time).equalsIgnoreCase(Column.ROWTIME)
                    && !column.equals(Column.ROWTIME)) {
                SqlParserPos position = time.getParserPosition();
                items.set(
                        i,
                        SqlStdOperatorTable.AS.createCall(
                                position, time, FlinkSql.column(column, position)));
            }
        }
    }

    private List<Target> targets(SqlInsert insert, Relation stream, Output output) {
        List<Column> given = new ArrayList<>(output.columns());
        List<Column> asked = new ArrayList<>();
        if (insert.getTargetColumnList() == null) {
            asked.addAll(stream.columns());
            if (given.size() == asked.size() + 1) {
                given.removeIf(column -> column.name().equals(Column.ROWTIME));
            }
        } else {
            for (SqlNode node : insert.getTargetColumnList()) {
                String name = ((SqlIdentifier) node).getSimple();
                asked.add(
                        name.equals(Column.ROWTIME)
                                ? new Column(Column.ROWTIME, null)
                                : stream.columns().stream()
                                        .filter(c -> c.name().equals(name))
                                        .findFirst()
                                        .or(
                                                () ->
                                                        stream.columns().stream()
                                                                .filter(
                                                                        c ->
                                                                                c.name()
                                                                                        .equalsIgnoreCase(
                                                                                                name))
                                                                .findFirst())
                                        .orElseThrow(
                                                () ->
                                                        new Refusal(
                                                                node,
                                                                stream.name()
                                                                        + " has no column "
                                                                        + name
                                                                        + ".")));
            }
        }
        if (given.size() != asked.size()) {
            throw new Refusal(
                    insert.getSource(),
                    "The query has "
                            + counted(given.size())
                            + ", but "
                            + counted(asked.size())
                            + " of "
                            + stream.name()
                            + (asked.size() == 1 ? " is" : " are")
                            + " to be written.");
        }
        for (int i = 0; i < asked.size(); i++) {
            LogicalType from = given.get(i).type();
            LogicalType to =
                    asked.get(i).type() == null ? new TimestampType(3) : asked.get(i).type();
            if (from != null && !Casts.possible(from, to)) {
                throw new Refusal(
                        item(insert.getSource(), i, given.size()),
                        "Column "
                                + asked.get(i).name()
                                + " of "
                                + stream.name()
                                + " cannot take this value. "
                                + Casts.impossible(from, to));
            }
        }
        List<Target> targets = new ArrayList<>();
        for (Column column : stream.columns()) {
            int at = asked.indexOf(column);
            boolean none = at < 0 || given.get(at).type().is(LogicalTypeRoot.NULL);
            targets.add(
                    new Target(
                            column,
                            none ? null : given.get(at).name(),
                            required.get(stream.name()).contains(column.name())));
        }
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i).name().equals(Column.ROWTIME)
                    && !given.get(i).name().equals(Column.ROWTIME)) {
                targets.add(new Target(asked.get(i), given.get(i).name(), false));
            }
        }
        return targets;
    }

    /** The expression of a column, where the query shows it; else the query. */
    private static SqlNode item(SqlNode query, int index, int width) {
        return query instanceof SqlSelect select && select.getSelectList().size() == width
                ? select.getSelectList().get(index)
                : query;
    }

    private static String counted(int columns) {
        return columns == 1 ? "1 column" : columns + " columns";
    }

    /** What has the name; where nothing has it exactly, the only one that differs in case alone. */
    static <T> T find(Map<String, T> named, String name) {
        T exact = named.get(name);
        if (exact != null) {
            return exact;
        }
        List<T> found =
                named.entrySet().stream()
                        .filter(e -> e.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .toList();
        return found.size() == 1 ? found.get(0) : null;
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }
}
