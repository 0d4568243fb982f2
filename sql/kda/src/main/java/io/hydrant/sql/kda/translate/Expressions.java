package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.ColumnDeclaration;
import io.hydrant.sql.kda.parse.CreateFunction;
import io.hydrant.sql.kda.parse.KdaOperators;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites scalar expressions of the dialect into Flink's.
 *
 * <p>What can fail for a row becomes an expression that is NULL there, and a {@link Hazard} that
 * tells the row, so that no row fails the job.
 */
final class Expressions {

    /** Functions that Flink has under the same name, but with another meaning. */
    private static final Map<String, String> RENAMED =
            Map.of(
                    "UNIX_TIMESTAMP", "KDA_UNIX_TIMESTAMP",
                    "TO_TIMESTAMP", "KDA_TO_TIMESTAMP");

    /**
     * Functions of Flink whose values differ from run to run; the application's clock is its rows.
     */
    private static final Map<String, String> UNSTEADY =
            Map.of(
                    "UNIX_TIMESTAMP", "UNIX_TIMESTAMP(CURRENT_ROW_TIMESTAMP)",
                    "NOW", "CURRENT_ROW_TIMESTAMP",
                    "PROCTIME", "CURRENT_ROW_TIMESTAMP",
                    "CURRENT_WATERMARK", "ROWTIME",
                    "RAND", "a column of the records, whose values stay",
                    "RAND_INTEGER", "a column of the records, whose values stay",
                    "UUID", "a column of the records, such as SEQUENCE_NUMBER");

    private static final Set<SqlOperator> ASSERTIONS =
            Set.of(
                    SqlStdOperatorTable.IS_TRUE,
                    SqlStdOperatorTable.IS_NOT_TRUE,
                    SqlStdOperatorTable.IS_FALSE,
                    SqlStdOperatorTable.IS_NOT_FALSE,
                    SqlStdOperatorTable.IS_UNKNOWN,
                    SqlStdOperatorTable.IS_NOT_UNKNOWN);

    /** Operators of other dialects, and what to write in their place. */
    private static final Map<String, String> FOREIGN_SIGNS =
            Map.of(
                    "^", "^; for powers write POWER(base, exponent).",
                    "&", "&; for the lowest bits write MOD(number, 2).",
                    "<<", "<<; write number * 2.",
                    "ITEM",
                            "arrays; an element of one is a column of the input's schema with a"
                                    + " JSONPath such as $.list[0].");

    private static final String NEVER = "FALSE";

    private static final int DEEPEST = 32;

    private final Scope scope;
    private final Stages stages;
    private final Map<String, CreateFunction> functions;

    /** Is asked first about every node; what it returns stands as it is. Null goes on. */
    private final UnaryOperator<SqlNode> special;

    private final TextCalls texts = new TextCalls(this);
    private final TimeCalls times = new TimeCalls(this);
    private final NumberCalls numbers = new NumberCalls(this);
    private final Arithmetic arithmetic = new Arithmetic(this);
    private final Periods periods = new Periods(this);

    private List<Hazard> hazards = new ArrayList<>();
    private boolean unwatched;
    private int depth;

    Expressions(
            Scope scope,
            Stages stages,
            Map<String, CreateFunction> functions,
            UnaryOperator<SqlNode> special) {
        this.scope = scope;
        this.stages = stages;
        this.functions = functions;
        this.special = special;
    }

    /** These, for the condition of a join: nobody asks them how they can fail. */
    Expressions unwatched() {
        unwatched = true;
        return this;
    }

    /** What fails where the condition is true; NULL there where nobody asks for hazards. */
    SqlNode failing(String condition, String error, SqlNode value) {
        if (!unwatched) {
            hazards.add(new Hazard(condition, error));
            return value;
        }
        return new Raw(
                "CASE WHEN NOT (" + condition + ") THEN " + FlinkSql.text(value) + " END",
                value.getParserPosition());
    }

    /** The ways in which what was rewritten so far can fail. */
    List<Hazard> hazards() {
        return List.copyOf(hazards);
    }

    void hazard(Hazard hazard) {
        hazards.add(hazard);
    }

    /** The column of a stream that a node means; null if it means none. */
    Scope.Field column(SqlNode node) {
        if (!(node instanceof SqlIdentifier name)
                || special.apply(node) != null
                || (name.isSimple() && TimeCalls.isClock(name.getSimple()))) {
            return null;
        }
        List<String> path = scope.resolve(name);
        return scope.fields().stream()
                .filter(field -> path.size() == 1 && field.column().equals(path.get(0)))
                .findFirst()
                .orElse(null);
    }

    /** The window of time in which a column keeps its value; null for another node. */
    TimeWindow window(SqlNode node) {
        Scope.Field column = scope.rising().windows().isEmpty() ? null : column(node);
        return column == null ? null : scope.rising().windows().get(column.column());
    }

    /**
     * Which of the items, under these names, never fall; {@code ends} where the rows are groups.
     */
    Rising rising(List<SqlNode> items, List<String> names, boolean ends) {
        Map<String, TimeWindow> windows = new HashMap<>();
        Set<String> asserted = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = Queries.plain(items.get(i));
            TimeWindow window = TimeWindow.isRowtime(item, this) ? null : TimeWindow.of(item, this);
            if (window != null && ends) {
                window = window.ofEnds();
            }
            if (window != null) {
                windows.put(names.get(i), window);
            } else if (Monotonic.isAsserted(item, this)) {
                asserted.add(names.get(i));
            }
        }
        return new Rising(windows, asserted);
    }

    /** Whether a query says of a column that it never falls. */
    boolean isAsserted(SqlNode node) {
        Scope.Field column = scope.rising().asserted().isEmpty() ? null : column(node);
        return column != null && scope.rising().asserted().contains(column.column());
    }

    /** The type of an expression that is written in Flink's SQL. */
    LogicalType type(String sql, SqlParserPos position) {
        return stages.typed(sql, scope.view(), position).type();
    }

    /** The type of a rewritten name; null where it takes a look at the stage. */
    LogicalType columnType(SqlNode rewritten) {
        return rewritten instanceof SqlIdentifier name && name.isSimple()
                ? scope.fields().stream()
                        .filter(f -> f.column().equals(name.getSimple()) && f.type() != null)
                        .map(Scope.Field::type)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** The type of an expression of the dialect, of which nobody asks how it can fail. */
    LogicalType typeOf(SqlNode node) {
        List<Hazard> before = hazards;
        hazards = new ArrayList<>();
        try {
            return type(sql(node), node.getParserPosition());
        } finally {
            hazards = before;
        }
    }

    String sql(SqlNode node) {
        return FlinkSql.text(rewrite(node));
    }

    SqlNode rewrite(SqlNode node) {
        SqlNode replaced = special.apply(node);
        if (replaced != null) {
            return replaced;
        }
        if (node instanceof SqlIdentifier name) {
            return identifier(name);
        }
        if (node instanceof SqlNodeList list) {
            List<SqlNode> items = new ArrayList<>();
            for (SqlNode item : list) {
                items.add(rewrite(item));
            }
            return new SqlNodeList(items, list.getParserPosition());
        }
        if (node instanceof SqlCase choice) {
            return choice(choice);
        }
        if (node instanceof SqlCall call) {
            return call(call);
        }
        String interval =
                node instanceof SqlIntervalLiteral literal ? Intervals.flink(literal) : null;
        return interval == null ? node : new Raw(interval, node.getParserPosition());
    }

    private SqlNode identifier(SqlIdentifier name) {
        if (name.isSimple()) {
            SqlNode now = times.now(name.getSimple(), name.getParserPosition());
            if (now != null) {
                return now;
            }
        }
        List<String> path = scope.resolve(name);
        return FlinkSql.path(path, name.getParserPosition());
    }

    /**
     * Only what is reached can fail: a condition behind those that are not true, and its branch.
     */
    private SqlNode choice(SqlCase choice) {
        List<Hazard> before = hazards;
        List<SqlNode> whens = new ArrayList<>();
        List<SqlNode> thens = new ArrayList<>();
        List<List<Hazard>> ofWhens = new ArrayList<>();
        List<List<Hazard>> ofThens = new ArrayList<>();
        for (int i = 0; i < choice.getWhenOperands().size(); i++) {
            hazards = new ArrayList<>();
            whens.add(rewrite(choice.getWhenOperands().get(i)));
            ofWhens.add(hazards);
            hazards = new ArrayList<>();
            thens.add(rewrite(choice.getThenOperands().get(i)));
            ofThens.add(hazards);
        }
        hazards = new ArrayList<>();
        SqlNode otherwise =
                choice.getElseOperand() == null ? null : rewrite(choice.getElseOperand());
        List<Hazard> ofElse = hazards;
        hazards = before;
        Set<String> errors = new LinkedHashSet<>();
        Stream.of(ofWhens, ofThens, List.of(ofElse))
                .flatMap(List::stream)
                .flatMap(List::stream)
                .forEach(h -> errors.add(h.error()));
        for (String error : errors) {
            StringBuilder reached = new StringBuilder("(CASE");
            for (int i = 0; i < whens.size(); i++) {
                String condition = anyOf(ofWhens.get(i), error);
                if (!condition.equals(NEVER)) {
                    reached.append(" WHEN ").append(condition).append(" THEN TRUE");
                }
                reached.append(" WHEN ")
                        .append(FlinkSql.text(whens.get(i)))
                        .append(" THEN ")
                        .append(anyOf(ofThens.get(i), error));
            }
            reached.append(" ELSE ").append(anyOf(ofElse, error)).append(" END)");
            hazards.add(new Hazard(reached.toString(), error));
        }
        SqlParserPos position = choice.getParserPosition();
        return new SqlCase(
                position,
                null,
                new SqlNodeList(whens, position),
                new SqlNodeList(thens, position),
                otherwise == null ? SqlLiteral.createNull(position) : otherwise);
    }

    /** What the left side decides, the right side cannot fail. */
    private SqlNode logical(SqlCall call) {
        SqlNode left = rewrite(call.operand(0));
        List<Hazard> before = hazards;
        hazards = new ArrayList<>();
        SqlNode right = rewrite(call.operand(1));
        List<Hazard> ofRight = hazards;
        hazards = before;
        String open = call.getKind() == SqlKind.AND ? ") IS NOT FALSE" : ") IS NOT TRUE";
        for (Hazard hazard : ofRight) {
            hazards.add(
                    new Hazard(
                            "(" + FlinkSql.text(left) + open + " AND (" + hazard.condition() + ")",
                            hazard.error()));
        }
        return call.getOperator().createCall(call.getParserPosition(), left, right);
    }

    private static String anyOf(List<Hazard> hazards, String error) {
        String any =
                hazards.stream()
                        .filter(h -> h.error().equals(error))
                        .map(h -> "(" + h.condition() + ")")
                        .collect(Collectors.joining(" OR "));
        return any.isEmpty() ? NEVER : any;
    }

    private SqlNode call(SqlCall call) {
        SqlOperator operator = call.getOperator();
        String name = operator.getName().toUpperCase(Locale.ROOT);
        SqlParserPos position = call.getParserPosition();
        boolean clock = name.equals("UNIX_TIMESTAMP");
        if (UNSTEADY.containsKey(name) && (!clock || call.operandCount() == 0)) {
            throw new Refusal(
                    call,
                    "Kinesis Data Analytics had no "
                            + name
                            + (clock ? " without a time" : "")
                            + ", and its value would be another in each run; write "
                            + UNSTEADY.get(name)
                            + ".");
        }
        if (operator.equals(KdaOperators.STEP)) {
            return function("STEP", rewrite(call.operand(0)), rewrite(call.operand(1)), position);
        }
        if (call.getKind() == SqlKind.CAST) {
            return cast(call);
        }
        if (call.getKind() == SqlKind.DOT && call.operand(1) instanceof SqlIdentifier field) {
            return new Raw(
                    "(" + sql(call.operand(0)) + ")." + FlinkSql.name(field.getSimple()), position);
        }
        if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
            return logical(call);
        }
        if (call.getKind() == SqlKind.NOT && isBareAssertion(call.operand(0))) {
            SqlCall assertion = call.operand(0);
            return rewrite(
                    assertion
                            .getOperator()
                            .createCall(
                                    position,
                                    operator.createCall(position, (SqlNode) assertion.operand(0))));
        }
        if (call.getKind() == SqlKind.DIVIDE
                || call.getKind() == SqlKind.MOD
                || name.equals("MOD")) {
            return division(call);
        }
        if ((call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
                && call.operand(1).getKind() == SqlKind.VALUES) {
            return rewrite(operator.createCall(position, call.operand(0), listed(call.operand(1))));
        }
        if (call.getKind() == SqlKind.EXISTS
                || ((call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
                        && isQuery(call))) {
            throw new Refusal(
                    call,
                    "IN and EXISTS with a query of a reference table stand in WHERE, beside AND; write"
                            + " others as a join.");
        }
        if (call.getKind() == SqlKind.SCALAR_QUERY || call.isA(SqlKind.QUERY)) {
            throw new Refusal(
                    call,
                    "A query is no value of a stream's row, which would have to wait for its end. Compute"
                            + " an aggregate beside the row, AVG(…) OVER (RANGE INTERVAL '1' MINUTE"
                            + " PRECEDING), in a query in FROM; what is in a reference table, join.");
        }
        if (FOREIGN_SIGNS.containsKey(name) && !(operator instanceof SqlFunction)) {
            throw new Refusal(call, "Kinesis Data Analytics had no " + FOREIGN_SIGNS.get(name));
        }
        if (Aggregates.isForeign(name)) {
            throw new Refusal(
                    call,
                    name
                            + " is none of the dialect's aggregate functions: "
                            + Aggregates.names()
                            + ".");
        }
        SqlNode ofPeriods = periods.rewrite(call);
        if (ofPeriods != null) {
            return ofPeriods;
        }
        SqlNode ofText = texts.rewrite(call);
        if (ofText != null) {
            return ofText;
        }
        SqlNode ofTime = times.rewrite(call);
        if (ofTime != null) {
            return ofTime;
        }
        SqlNode ofNumber = numbers.rewrite(call);
        if (ofNumber != null) {
            return ofNumber;
        }
        SqlNode ofIntegers = arithmetic.rewrite(call);
        if (ofIntegers != null) {
            return ofIntegers;
        }
        if (name.equals("MONOTONIC") && call.operandCount() == 1) {
            return rewrite(call.operand(0));
        }
        CreateFunction declared =
                operator instanceof SqlFunction ? declared(simple(call), call) : null;
        if (declared != null) {
            return inlined(declared, call);
        }
        if (name.equals("TSDIFF")) {
            times.checkDifference(call);
        }
        if (operator instanceof SqlFunction
                && !(operator instanceof SqlAggFunction)
                && !KnownFunctions.has(name)) {
            throw new Refusal(call, PlannerWords.noFunction(simple(call), List.of()));
        }
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(operand == null ? null : rewrite(operand));
        }
        String renamed = operator instanceof SqlFunction ? RENAMED.get(name) : null;
        if (renamed != null && call.operandCount() == 1) {
            return function(renamed, timestamp(name, operands.get(0)), null, position);
        }
        return operator.createCall(call.getFunctionQuantifier(), position, operands);
    }

    /** The time that UNIX_TIMESTAMP counts may be a day's beginning. */
    private SqlNode timestamp(String function, SqlNode operand) {
        String sql = FlinkSql.text(operand);
        SqlParserPos position = operand.getParserPosition();
        return function.equals("UNIX_TIMESTAMP") && type(sql, position).is(LogicalTypeRoot.DATE)
                ? new Raw("CAST(" + sql + " AS TIMESTAMP(3))", position)
                : operand;
    }

    /** Constant rows as a list of values. */
    private static SqlNodeList listed(SqlCall values) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode row : values.getOperandList()) {
            SqlCall columns = (SqlCall) row;
            items.add(columns.operandCount() == 1 ? columns.operand(0) : columns);
        }
        return new SqlNodeList(items, values.getParserPosition());
    }

    private static boolean isQuery(SqlCall call) {
        return call.operand(1).isA(SqlKind.QUERY);
    }

    /** The name of a function that is called, without a schema before it. */
    static String simple(SqlCall call) {
        String name = call.getOperator().getName();
        if (call.getOperator() instanceof SqlUnresolvedFunction unresolved
                && unresolved.getSqlIdentifier() != null) {
            List<String> names = unresolved.getSqlIdentifier().names;
            name = names.get(names.size() - 1);
        }
        return name;
    }

    static SqlNode function(String name, SqlNode first, SqlNode second, SqlParserPos position) {
        SqlFunction function =
                new SqlFunction(
                        name,
                        SqlKind.OTHER_FUNCTION,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return second == null
                ? function.createCall(position, first)
                : function.createCall(position, first, second);
    }

    private SqlNode division(SqlCall call) {
        if (call.getKind() != SqlKind.DIVIDE) {
            checkWhole(call);
        }
        SqlNode dividend = rewrite(call.operand(0));
        SqlNode divisor = rewrite(call.operand(1));
        SqlParserPos position = call.getParserPosition();
        if (isNotZero(divisor)) {
            SqlNode quotient = call.getOperator().createCall(position, dividend, divisor);
            return arithmetic.quotient(call, dividend, divisor, quotient);
        }
        hazards.add(new Hazard("(" + FlinkSql.text(divisor) + ") = 0", Hazard.DIVISION_BY_ZERO));
        SqlNode guarded =
                SqlStdOperatorTable.NULLIF.createCall(
                        position, divisor, SqlLiteral.createExactNumeric("0", position));
        SqlNode quotient = call.getOperator().createCall(position, dividend, guarded);
        return arithmetic.quotient(call, dividend, divisor, quotient);
    }

    /**
     * Whether this asks for a truth value, without parentheses: NOT binds what is asked about, so
     * that NOT UNKNOWN IS TRUE is false. It does not in NOT x IS NULL, which any value may be
     * asked.
     */
    private static boolean isBareAssertion(SqlNode node) {
        return node instanceof SqlCall call
                && ASSERTIONS.contains(call.getOperator())
                && call.getParserPosition()
                        .startsAt(((SqlNode) call.operand(0)).getParserPosition());
    }

    private void checkWhole(SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            LogicalType type = typeOf(operand);
            if (type.is(LogicalTypeRoot.DECIMAL) && LogicalTypeChecks.getScale(type) > 0) {
                throw new Refusal(
                        call,
                        "MOD takes whole numbers, not "
                                + Types.words(type)
                                + "; write CAST(… AS INTEGER) around it.");
            }
        }
    }

    private static boolean isNotZero(SqlNode node) {
        return node instanceof SqlNumericLiteral literal
                && literal.getValueAs(BigDecimal.class).signum() != 0;
    }

    private SqlNode cast(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        if (!(call.operand(1) instanceof SqlDataTypeSpec declared)) {
            throw new Refusal(
                    call,
                    "An interval stands in expressions alone: add it to a time, compare it, or cast it.");
        }
        LogicalType type = Types.flink(declared);
        SqlNode operand = call.operand(0);
        if (operand instanceof SqlLiteral literal && literal.getValue() == null) {
            return new Raw("CAST(NULL AS " + type.asSerializableString() + ")", position);
        }
        String interval = times.cast(operand, type);
        if (interval != null) {
            return new Raw(
                    "CAST(" + interval + " AS " + type.asSerializableString() + ")", position);
        }
        if (operand instanceof SqlLiteral literal
                && literal.getValue() instanceof NlsString
                && type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return new Raw(
                    "CAST(" + sql(operand) + " AS " + type.asSerializableString() + ")", position);
        }
        String value = sql(operand);
        LogicalType from = type(value, position);
        if (from.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)
                && type.is(LogicalTypeFamily.TIMESTAMP)) {
            return new Raw(times.today(value, position), position);
        }
        if (!Casts.possible(from, type)) {
            throw new Refusal(call, Casts.impossible(from, type));
        }
        if (value.equals("`ROWTIME`") && type.copy(true).equals(from.copy(true))) {
            // The time attribute stays one under its own name, of which stages know what to do.
            return FlinkSql.column(Column.ROWTIME, position);
        }
        Casts.Cast cast = Casts.cast(value, from, type);
        if (cast.failing() != null) {
            hazards.add(new Hazard(cast.failing(), cast.error()));
        }
        return new Raw(cast.sql(), position);
    }

    /** Functions of one name are told apart by how many parameters they have. */
    static String overload(String name, int parameters) {
        return name + "(" + parameters + ")";
    }

    private CreateFunction declared(String name, SqlCall call) {
        CreateFunction exact = functions.get(overload(name, call.operandCount()));
        return exact == null ? functions.get(name) : exact;
    }

    /** What a name in the body of a function stands for; null for the clock. */
    private static SqlNode argument(
            SqlIdentifier name, Map<String, SqlNode> arguments, CreateFunction function) {
        if (name.isSimple() && TimeCalls.isClock(name.getSimple())) {
            return null;
        }
        SqlNode argument = name.isSimple() ? Applications.find(arguments, name.getSimple()) : null;
        if (argument == null) {
            throw new Refusal(
                    name,
                    function.name()
                            + " has no parameter "
                            + name
                            + (arguments.isEmpty()
                                    ? ""
                                    : "; there are " + String.join(", ", arguments.keySet()))
                            + ".");
        }
        return argument;
    }

    private SqlNode inlined(CreateFunction function, SqlCall call) {
        int parameters = function.parameters().size();
        if (parameters != call.operandCount()) {
            throw new Refusal(
                    call,
                    function.name()
                            + " takes "
                            + parameters
                            + " arguments, not "
                            + call.operandCount());
        }
        if (++depth > DEEPEST) {
            throw new Refusal(call, function.name() + " calls itself.");
        }
        Map<String, SqlNode> arguments = new LinkedHashMap<>();
        StringBuilder anyNull = new StringBuilder("FALSE");
        for (int i = 0; i < parameters; i++) {
            ColumnDeclaration parameter = (ColumnDeclaration) function.parameters().get(i);
            String argument = sql(call.operand(i));
            String type = Types.flink(parameter.type()).asSerializableString();
            arguments.put(
                    parameter.name(),
                    new Raw("CAST(" + argument + " AS " + type + ")", call.getParserPosition()));
            anyNull.append(" OR (").append(argument).append(") IS NULL");
        }
        Expressions body =
                new Expressions(
                        scope,
                        stages,
                        functions,
                        node ->
                                node instanceof SqlIdentifier name
                                        ? argument(name, arguments, function)
                                        : null);
        body.depth = depth;
        body.unwatched = unwatched;
        String result = body.sql(function.body());
        hazards.addAll(body.hazards());
        depth--;
        String type = Types.flink(function.returns()).asSerializableString();
        String value = "CAST(" + result + " AS " + type + ")";
        return new Raw(
                function.nullOnNull()
                        ? "CASE WHEN "
                                + anyNull
                                + " THEN CAST(NULL AS "
                                + type
                                + ") ELSE "
                                + value
                                + " END"
                        : value,
                call.getParserPosition());
    }
}
