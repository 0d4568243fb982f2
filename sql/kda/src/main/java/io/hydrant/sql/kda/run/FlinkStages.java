package io.hydrant.sql.kda.run;

import io.hydrant.sql.functions.HydrantModule;
import io.hydrant.sql.kda.translate.Casts;
import io.hydrant.sql.kda.translate.Column;
import io.hydrant.sql.kda.translate.Relation;
import io.hydrant.sql.kda.translate.Relation.Kind;
import io.hydrant.sql.kda.translate.Stages;
import io.hydrant.sql.kda.translate.TimeWindow;
import io.hydrant.sql.kda.translate.Unplannable;

import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampKind;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.utils.TypeConversions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds the stages of a translated application as a Flink job.
 *
 * <p>Between pumps, and where a stage gives its rows a new time, rows flow as a {@code DataStream}:
 * there a timestamp becomes the time attribute again.
 *
 * <p>Every operator has an id that is made of the names of streams and pumps, so that the job of an
 * application whose SQL is the same goes on from the state of another.
 */
public final class FlinkStages implements Stages {

    private static final int MILLISECONDS = 3;

    private final StreamTableEnvironment tables;
    private final Map<String, DataStream<RowData>> inputs = new LinkedHashMap<>();
    private final Map<String, ReferenceRows> references = new LinkedHashMap<>();
    private final Map<String, Relation> referenceTables = new LinkedHashMap<>();
    private final Map<String, List<DataStream<RowData>>> written = new LinkedHashMap<>();
    private final Map<String, List<String>> writers = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<DataStream<RowData>> errors = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Map<String, SqlParserPos> origins = new LinkedHashMap<>();

    /** Builds on a table environment, which has the module of functions. */
    public FlinkStages(StreamTableEnvironment tables) {
        this.tables = tables;
        tables.getConfig()
                .set(
                        ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION,
                        ExecutionConfigOptions.UidGeneration.DISABLED);
    }

    /**
     * A stage as Flink SQL.
     *
     * @param name of the view or stream that it makes
     * @param sql what Flink runs
     * @param line of the application's text that it comes from; 0 for none
     * @param columns of what no SQL makes, as a table declares them; empty for a view
     */
    public record Planned(String name, String sql, int line, String columns) {

        Planned(String name, String sql, int line) {
            this(name, sql, line, "");
        }

        /**
         * The statement that makes the stage. Where no SQL does, a comment on what makes it, and
         * what to put in its place, so that the statements that follow can be looked at.
         */
        public String text() {
            return sql.startsWith("--")
                    ? "-- `"
                            + name
                            + "` is no SQL: "
                            + sql.substring(2).strip()
                            + ".\n-- To plan what reads it, put in its place: CREATE TEMPORARY TABLE `"
                            + name
                            + "` ("
                            + columns
                            + ") WITH ('connector' = 'datagen');"
                    : "CREATE TEMPORARY VIEW `" + name + "` AS " + sql + ";";
        }
    }

    /** The stages so far, for people; what a stage reads stands with the line of that stage. */
    public List<Planned> planned() {
        List<Planned> shown = new ArrayList<>(planned);
        int reader = 0;
        for (int i = shown.size() - 1; i >= 0; i--) {
            Planned stage = shown.get(i);
            if (stage.line() > 0) {
                reader = stage.line();
            } else {
                int line = sources.containsValue(stage.name()) ? reader : 0;
                shown.set(i, new Planned(stage.name(), stage.sql(), line, declared(stage.name())));
            }
        }
        return List.copyOf(shown);
    }

    /** The columns of a stage as a table declares them, with its time. */
    private String declared(String name) {
        Table table = tables.from(quoted(name));
        StringBuilder declared = new StringBuilder();
        for (Column column : columns(table)) {
            declared.append(quoted(column.name()))
                    .append(' ')
                    .append(column.type().copy(true).asSerializableString())
                    .append(", ");
        }
        return declared.append("WATERMARK FOR `ROWTIME` AS `ROWTIME`").toString();
    }

    /** Hands in the rows of an input stream: ROWTIME, its columns, its system columns. */
    public void input(Relation relation, DataStream<RowData> rows) {
        inputs.put(relation.name(), rows);
    }

    /** Hands in the rows of a reference table. */
    public void reference(Relation relation, ReferenceRows rows) {
        references.put(relation.name(), rows);
        referenceTables.put(relation.name(), relation);
    }

    /** What each stream is written, one flow for each pump: ROWTIME and the stream's columns. */
    public Map<String, List<DataStream<RowData>>> written() {
        return Map.copyOf(written);
    }

    /** Hands in rows of the error stream that the input has: {@link Errors#TYPE}. */
    public void errors(DataStream<RowData> rows) {
        errors.add(rows);
    }

    /** The rows of the error stream that stages have: {@link Errors#TYPE}. */
    public List<DataStream<RowData>> errors() {
        return List.copyOf(errors);
    }

    @Override
    public List<Column> view(String name, String sql, SqlParserPos origin) {
        Table table = query(sql, origin);
        origins.put(name, origin);
        tables.createTemporaryView(quoted(name), table);
        planned.add(new Planned(name, sql, origin.getLineNum()));
        return columns(table);
    }

    @Override
    public Column typed(String expression, String view, SqlParserPos origin) {
        String from = view.isEmpty() ? "" : " FROM " + quoted(view);
        return columns(query("SELECT " + expression + " AS `typed`" + from, origin)).get(0);
    }

    private Table query(String sql, SqlParserPos origin) {
        try {
            return tables.sqlQuery(sql);
        } catch (ValidationException | TableException | SqlParserException refused) {
            throw new Unplannable(origin, refused);
        }
    }

    @Override
    public String source(Relation relation) {
        return sources.computeIfAbsent(
                relation.name(),
                name -> {
                    DataStream<RowData> rows =
                            switch (relation.kind()) {
                                case INPUT -> inputs.get(name);
                                case ERRORS -> allErrors();
                                default ->
                                        written.containsKey(name)
                                                ? union(written.get(name))
                                                : nothing(name, rowType(timed(relation)));
                            };
                    String view = "stream " + name;
                    register(view, rows);
                    planned.add(new Planned(view, "-- " + origin(relation), 0));
                    return view;
                });
    }

    private String origin(Relation relation) {
        return switch (relation.kind()) {
            case INPUT -> "the rows of the input, ROWTIME as the time attribute";
            case ERRORS -> "the rows that the stages so far could not compute";
            default ->
                    writers.containsKey(relation.name())
                            ? "the rows of " + String.join(", ", writers.get(relation.name()))
                            : "no rows, for no pump writes it";
        };
    }

    private static DataStream<RowData> union(List<DataStream<RowData>> flows) {
        DataStream<RowData> all = flows.get(0);
        for (DataStream<RowData> flow : flows.subList(1, flows.size())) {
            all = all.union(flow);
        }
        return all;
    }

    @Override
    public Relation errorStream() {
        return new Relation(Errors.NAME, Errors.columns(), List.of(), Kind.ERRORS);
    }

    /** With the input's clock, which moves on where there are no errors. */
    private DataStream<RowData> allErrors() {
        List<DataStream<RowData>> all = new ArrayList<>(errors);
        all.add(nothing(Errors.NAME, Errors.TYPE));
        return union(all);
    }

    /** No rows, such as those of a stream whose pumps are stopped; with the input's clock. */
    private DataStream<RowData> nothing(String stream, RowType type) {
        return inputs.values()
                .iterator()
                .next()
                .filter(row -> false)
                .uid("clock of " + stream)
                .name("clock of " + stream)
                .map(row -> row)
                .returns(InternalTypeInfo.of(type))
                .uid("no rows of " + stream)
                .name("no rows of " + stream);
    }

    private static List<Column> timed(Relation relation) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(Column.ROWTIME, new TimestampType(MILLISECONDS)));
        columns.addAll(relation.columns());
        return columns;
    }

    @Override
    public void retime(String name, String input) {
        register(name, flow(input));
        planned.add(new Planned(name, "-- ROWTIME of " + input + " as the time attribute", 0));
    }

    @Override
    public void order(String name, String input, long within, String pump) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        int rowtime = type.getFieldIndex(Column.ROWTIME);
        SingleOutputStreamOperator<RowData> ordered =
                rows.process(new OrderOperator(type, rowtime, within, pump))
                        .returns(InternalTypeInfo.of(type))
                        .name("order " + name)
                        .uid("order " + name)
                        .forceNonParallel();
        errors.add(ordered.getSideOutput(OrderOperator.ERRORS));
        register(
                name,
                ordered.assignTimestampsAndWatermarks(new AscendingTime(rowtime, within))
                        .uid("time " + name)
                        .name("time " + name));
        planned.add(
                new Planned(
                        name,
                        "-- ROWTIME of "
                                + input
                                + " as the query computes it"
                                + (within == 0 ? "" : ", with rows up to " + within + " ms late"),
                        0));
    }

    @Override
    public void settle(String name, String input, String own, TimeWindow window) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        register(
                name,
                rows.transform(
                                "settle " + name,
                                InternalTypeInfo.of(type),
                                new SettleOperator(
                                        type,
                                        type.getFieldIndex(Column.ROWTIME),
                                        type.getFieldIndex(own),
                                        window))
                        .uid("settle " + name)
                        .forceNonParallel());
        planned.add(
                new Planned(
                        name,
                        "-- "
                                + input
                                + " with each row's own ROWTIME, or that of the row before it where"
                                + " the batch has put a later one there",
                        0));
    }

    @Override
    public List<Column> slide(String name, String input, Slide slide) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        List<SlidingFunction> functions = new ArrayList<>();
        List<LogicalType> types = new ArrayList<>(type.getChildren());
        List<String> names = new ArrayList<>(type.getFieldNames());
        for (Call call : slide.calls()) {
            List<LogicalType> arguments = new ArrayList<>();
            List<RowData.FieldGetter> getters = new ArrayList<>();
            for (String argument : call.arguments()) {
                int field = type.getFieldIndex(argument);
                arguments.add(type.getTypeAt(field));
                getters.add(RowData.createFieldGetter(type.getTypeAt(field), field));
            }
            SlidingFunction function =
                    new SlidingFunction(
                            call.function(),
                            call.frame(),
                            call.distinct(),
                            call.ignoreNulls(),
                            arguments,
                            getters);
            functions.add(function);
            types.add(function.type());
            names.add(call.result());
        }
        RowType widened =
                RowType.of(types.toArray(LogicalType[]::new), names.toArray(String[]::new));
        FieldKey key = new FieldKey(type, fields(type, slide.partition()));
        register(
                name,
                rows.keyBy(key)
                        .process(
                                new SlidingOperator(
                                        type, type.getFieldIndex(Column.ROWTIME), functions))
                        .returns(InternalTypeInfo.of(widened))
                        .name("slide " + name)
                        .uid("slide " + name));
        planned.add(new Planned(name, "-- " + input + " with " + text(slide), 0));
        return columns(widened);
    }

    /** The functions of a slide as they stand in SQL. */
    private static String text(Slide slide) {
        String by =
                slide.partition().isEmpty()
                        ? ""
                        : "PARTITION BY " + String.join(", ", slide.partition()) + " ";
        return slide.calls().stream()
                .map(
                        call ->
                                call.function()
                                        + "("
                                        + (call.distinct() ? "DISTINCT " : "")
                                        + String.join(", ", call.arguments())
                                        + ")"
                                        + (call.ignoreNulls() ? " IGNORE NULLS" : "")
                                        + " OVER ("
                                        + by
                                        + text(call.frame())
                                        + ") AS "
                                        + call.result())
                .collect(Collectors.joining(", "));
    }

    private static String text(Frame frame) {
        if (frame.equals(Frame.UNBOUNDED)) {
            return "all rows before";
        }
        String rows = frame.rows() < 0 ? "" : "ROWS " + frame.rows() + " PRECEDING";
        String range = frame.millis() < 0 ? "" : "RANGE " + frame.millis() + " ms PRECEDING";
        return (range + " " + rows).strip();
    }

    @Override
    public void stagger(String name, String input, List<String> keys, long millis) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        register(
                name,
                rows.keyBy(new FieldKey(type, fields(type, keys)))
                        .process(
                                new StaggerOperator(
                                        type, type.getFieldIndex(Column.ROWTIME), millis))
                        .returns(InternalTypeInfo.of(type))
                        .name("stagger " + name)
                        .uid("stagger " + name));
        planned.add(
                new Planned(
                        name,
                        "-- " + input + " in stagger windows of " + millis + " ms by " + keys,
                        0));
    }

    @Override
    public void change(String name, String input, String column) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        ChangeFunction function =
                new ChangeFunction(
                        type, type.getFieldIndex(Column.ROWTIME), type.getFieldIndex(column));
        register(
                name,
                rows.keyBy(new FieldKey(type, new int[0]))
                        .transform(
                                "change " + name,
                                InternalTypeInfo.of(type),
                                new ChangeOperator(function))
                        .uid("change " + name));
        planned.add(
                new Planned(name, "-- " + input + " until " + column + " has another value", 0));
    }

    @Override
    public void pair(String name, String input, Frame left, Frame right) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        register(
                name,
                rows.keyBy(new FieldKey(type, new int[0]))
                        .process(new PairOperator(type, left, right))
                        .returns(InternalTypeInfo.of(type))
                        .name("pair " + name)
                        .uid("pair " + name));
        planned.add(
                new Planned(
                        name,
                        "-- pairs of "
                                + input
                                + " where one side has "
                                + text(left)
                                + ", the other "
                                + text(right),
                        0));
    }

    @Override
    public List<Column> reference(
            String name,
            String input,
            String table,
            List<KeyPair> keys,
            boolean outer,
            String prefix,
            boolean candidates) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        Relation relation = referenceTables.get(table);
        RowType tableType = rowType(relation.columns());
        List<Column> columns = new ArrayList<>(columns(type));
        for (Column column : relation.columns()) {
            columns.add(new Column(prefix + column.name(), column.type().copy(true)));
        }
        if (candidates) {
            columns.add(new Column("$CANDIDATE", new TinyIntType(false)));
        }
        register(
                name,
                rows.flatMap(
                                new ReferenceOperator(
                                        type,
                                        tableType,
                                        fields(type, keys.stream().map(KeyPair::left).toList()),
                                        fields(
                                                tableType,
                                                keys.stream().map(KeyPair::right).toList()),
                                        outer,
                                        candidates,
                                        references.get(table)))
                        .returns(InternalTypeInfo.of(rowType(columns)))
                        .name("reference " + name)
                        .uid("reference " + name));
        planned.add(
                new Planned(
                        name,
                        "-- "
                                + input
                                + " with rows of "
                                + table
                                + (keys.isEmpty() ? "" : " where " + joined(keys))
                                + (outer ? ", or with none" : ""),
                        0));
        return columns;
    }

    @Override
    public void matched(String name, String input, int width, Keep keep) {
        DataStream<RowData> rows = flow(input);
        RowType type = type(rows);
        MatchOperator operator = new MatchOperator(type, width, keep);
        List<Column> kept = new ArrayList<>();
        for (Column column : columns(type).subList(0, operator.kept())) {
            // What is computed of the table's columns may be without NULL; a row alone has none.
            boolean ofTable = kept.size() >= width;
            kept.add(ofTable ? new Column(column.name(), column.type().copy(true)) : column);
        }
        register(
                name,
                rows.flatMap(operator)
                        .returns(InternalTypeInfo.of(rowType(kept)))
                        .name("match " + name)
                        .uid("match " + name));
        planned.add(new Planned(name, "-- " + keep + " of " + input, 0));
    }

    @Override
    public void pump(
            String pump,
            String view,
            Relation stream,
            List<Target> targets,
            boolean computes,
            SqlParserPos origin) {
        List<String> selected = new ArrayList<>();
        List<String> failing = new ArrayList<>();
        selected.add("`ROWTIME`");
        Map<String, LogicalType> types = new LinkedHashMap<>();
        columns(tables.from(quoted(view))).forEach(c -> types.put(c.name(), c.type()));
        for (Target target : targets) {
            if (target.column().type() == null) {
                continue;
            }
            String value = target.source() == null ? "NULL" : quoted(target.source());
            LogicalType from =
                    target.source() == null
                            ? new org.apache.flink.table.types.logical.NullType()
                            : types.get(target.source());
            boolean time = Column.ROWTIME.equals(target.source());
            Casts.Cast cast =
                    Casts.cast(
                            time ? "CAST(`ROWTIME` AS TIMESTAMP(3))" : value,
                            time ? new TimestampType(MILLISECONDS) : from,
                            target.column().type());
            if (cast.failing() != null) {
                failing.add(
                        " WHEN "
                                + cast.failing()
                                + " THEN '"
                                + cast.error().replace("'", "''")
                                + "'");
            }
            if (target.required()) {
                failing.add(
                        " WHEN ("
                                + cast.sql()
                                + ") IS NULL THEN 'COERCION_ERROR:NULL cannot be written into "
                                + target.column().name().replace("'", "''")
                                + " of "
                                + stream.name().replace("'", "''")
                                + ", which is declared NOT NULL'");
            }
            selected.add(cast.sql() + " AS " + quoted(target.column().name()));
        }
        String own =
                targets.stream()
                        .filter(t -> t.column().type() == null)
                        .map(Target::source)
                        .findFirst()
                        .orElse(null);
        if (own != null) {
            selected.set(0, "CAST(" + quoted(own) + " AS TIMESTAMP(3)) AS `ROWTIME`");
        }
        String from = quoted(view);
        if (!failing.isEmpty()) {
            String checked = pump + "$checked";
            view(
                    checked,
                    "SELECT *, CASE" + String.join("", failing) + " END AS `$ERROR` FROM " + from,
                    origin);
            String failed = pump + "$failed";
            view(
                    failed,
                    "SELECT `ROWTIME`, `$ERROR`, "
                            + row(types)
                            + " AS `$ROW` FROM "
                            + quoted(checked)
                            + " WHERE `$ERROR` IS NOT NULL",
                    origin);
            errors(failed, pump);
            from = quoted(checked) + " WHERE `$ERROR` IS NULL";
        }
        String written = pump + "$written";
        view(written, "SELECT " + String.join(", ", selected) + " FROM " + from, origin);
        if (own != null) {
            order(pump + "$ordered", written, 0, pump);
            written = pump + "$ordered";
        }
        DataStream<RowData> rows = computes ? finite(flow(written), pump) : flow(written);
        this.written.computeIfAbsent(stream.name(), k -> new ArrayList<>()).add(rows);
        writers.computeIfAbsent(stream.name(), k -> new ArrayList<>()).add(written);
    }

    private DataStream<RowData> finite(DataStream<RowData> rows, String pump) {
        RowType type = type(rows);
        int[] approximate =
                IntStream.range(0, type.getFieldCount())
                        .filter(i -> type.getTypeAt(i).is(LogicalTypeFamily.APPROXIMATE_NUMERIC))
                        .toArray();
        if (approximate.length == 0) {
            return rows;
        }
        SingleOutputStreamOperator<RowData> finite =
                rows.process(
                                new FiniteOperator(
                                        type,
                                        type.getFieldIndex(Column.ROWTIME),
                                        approximate,
                                        pump))
                        .returns(InternalTypeInfo.of(type))
                        .name("finite " + pump)
                        .uid("finite " + pump);
        errors.add(finite.getSideOutput(FiniteOperator.ERRORS));
        return finite;
    }

    private static String row(Map<String, LogicalType> types) {
        List<String> values =
                types.keySet().stream()
                        .filter(c -> !c.equals(Column.ROWTIME))
                        .map(c -> "COALESCE(CAST(" + quoted(c) + " AS STRING), '')")
                        .toList();
        return values.isEmpty() ? "''" : "CONCAT_WS(',', " + String.join(", ", values) + ")";
    }

    @Override
    public void errors(String view, String pump) {
        DataStream<RowData> rows = flow(view);
        errors.add(
                rows.map(new Errors(pump))
                        .returns(InternalTypeInfo.of(Errors.TYPE))
                        .name("errors " + view)
                        .uid("errors " + view));
    }

    @Override
    public Stages trial() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment();
        StreamTableEnvironment own = StreamTableEnvironment.create(environment);
        own.getConfig().addConfiguration(tables.getConfig().getConfiguration());
        own.loadModule(HydrantModule.NAME, new HydrantModule());
        FlinkStages trial = new FlinkStages(own);
        DataStream<Long> nothing = environment.fromSequence(0, 0);
        inputs.forEach(
                (name, rows) ->
                        trial.inputs.put(
                                name, nothing.map(n -> (RowData) null).returns(rows.getType())));
        trial.references.putAll(references);
        trial.referenceTables.putAll(referenceTables);
        return trial;
    }

    private static String joined(List<KeyPair> keys) {
        return keys.stream()
                .map(key -> key.left() + " = " + key.right())
                .collect(Collectors.joining(" AND "));
    }

    private static int[] fields(RowType type, List<String> names) {
        return names.stream().mapToInt(type::getFieldIndex).toArray();
    }

    private DataStream<RowData> flow(String view) {
        Table table = tables.from(quoted(view));
        RowType type = rowType(columns(table));
        DataStream<RowData> rows = planned(view, table, type);
        rows.getTransformation().setOutputType(InternalTypeInfo.of(type));
        StageUids.give(view, rows.getTransformation());
        return rows;
    }

    private DataStream<RowData> planned(String view, Table table, RowType type) {
        try {
            return tables.toDataStream(
                    table, TypeConversions.fromLogicalToDataType(type).bridgedTo(RowData.class));
        } catch (RuntimeException refused) {
            // Some of what Flink cannot run only its generator of code refuses, with an exception
            // of the planner's own.
            throw new Unplannable(origins.getOrDefault(view, SqlParserPos.ZERO), refused);
        }
    }

    private void register(String view, DataStream<RowData> rows) {
        tables.createTemporaryView(
                quoted(view),
                tables.fromDataStream(
                        rows,
                        Schema.newBuilder()
                                .fromRowDataType(TypeConversions.fromLogicalToDataType(type(rows)))
                                .watermark(Column.ROWTIME, "SOURCE_WATERMARK()")
                                .build()));
    }

    private static RowType type(DataStream<RowData> rows) {
        return ((InternalTypeInfo<RowData>) rows.getType()).toRowType();
    }

    private static List<Column> columns(Table table) {
        return table.getResolvedSchema().getColumns().stream()
                .map(c -> new Column(c.getName(), plain(c.getDataType().getLogicalType())))
                .toList();
    }

    private static List<Column> columns(RowType type) {
        return type.getFields().stream().map(f -> new Column(f.getName(), f.getType())).toList();
    }

    private static RowType rowType(List<Column> columns) {
        return RowType.of(
                columns.stream().map(Column::type).toArray(LogicalType[]::new),
                columns.stream().map(Column::name).toArray(String[]::new));
    }

    /** A time attribute is a plain timestamp to all but the planner. */
    private static LogicalType plain(LogicalType type) {
        return type instanceof TimestampType time && time.getKind() != TimestampKind.REGULAR
                ? new TimestampType(true, MILLISECONDS)
                : type;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
