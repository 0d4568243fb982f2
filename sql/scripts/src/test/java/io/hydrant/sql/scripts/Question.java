package io.hydrant.sql.scripts;

import io.hydrant.sql.runner.ResultTable;
import io.hydrant.sql.runner.ScriptRun;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A question as its file asks it, over tables whose rows are lines of files. */
final class Question {

    static final Path SCRIPTS = Path.of("").toAbsolutePath();

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final ResultTable blackhole = ResultTable.ofConnector("blackhole", "selected_");
    private final StreamTableEnvironment tables;

    /** A session of its own, on the cluster of the calling thread. */
    Question() {
        this(RuntimeExecutionMode.STREAMING);
    }

    /** The same in a mode, which a script may only confirm. */
    Question(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        tables =
                StreamTableEnvironment.create(
                        env,
                        EnvironmentSettings.newInstance()
                                .withConfiguration(
                                        new Configuration()
                                                .set(ExecutionOptions.RUNTIME_MODE, mode))
                                .build());
        tables.executeSql("CREATE DATABASE kinesis");
        tables.executeSql("CREATE DATABASE asked");
    }

    /**
     * Defines a table as its Kinesis file does, columns and watermark as they stand there, over a
     * file of JSON lines, whose order is that of arrival.
     */
    Question with(String table, Path lines) throws Exception {
        tables.executeSql("USE kinesis");
        run(SCRIPTS.resolve("tables/kinesis/" + table + ".sql"));
        tables.executeSql("USE asked");
        tables.createTable(
                table,
                TableDescriptor.forConnector("filesystem")
                        .schema(columnsOfRecords(table))
                        .format("json")
                        .option("path", lines.toUri().toString())
                        .option("json.timestamp-format.standard", "ISO-8601")
                        .build());
        return this;
    }

    /** What the table's file says of columns and watermark, but for what only Kinesis knows. */
    private Schema columnsOfRecords(String table) throws Exception {
        Schema defined =
                tables.getCatalog(tables.getCurrentCatalog())
                        .orElseThrow()
                        .getTable(new ObjectPath("kinesis", table))
                        .getUnresolvedSchema();
        Schema.Builder columns = Schema.newBuilder();
        for (Schema.UnresolvedColumn column : defined.getColumns()) {
            if (!(column instanceof Schema.UnresolvedMetadataColumn)) {
                columns.fromColumns(List.of(column));
            }
        }
        defined.getWatermarkSpecs()
                .forEach(
                        watermark ->
                                columns.watermark(
                                        watermark.getColumnName(),
                                        watermark.getWatermarkExpression()));
        return columns.build();
    }

    /** Defines all tables of a folder. */
    Question withTablesOf(String folder) throws Exception {
        tables.executeSql("USE asked");
        for (String table : ScriptFilesTest.names("tables/" + folder)) {
            run(SCRIPTS.resolve("tables").resolve(folder).resolve(table + ".sql"));
        }
        return this;
    }

    /** Columns of a table with their types, but for those that only Kinesis has. */
    List<String> columns(String table) {
        return tables.from(table).getResolvedSchema().getColumns().stream()
                .filter(column -> !(column instanceof Column.MetadataColumn))
                .map(column -> column.getName() + " " + kind(column.getDataType()))
                .toList();
    }

    /** A type, whether it may be null or not; a stream's records may always lack a field. */
    private static String kind(DataType type) {
        return type.nullable().toString();
    }

    /** What the planner makes of a question. */
    String plan(Path script) throws Exception {
        return run(script).get(0).explain();
    }

    /**
     * Asks, and folds what the query says in the course of time into the rows that hold at the end.
     *
     * @return rows, their fields parted by {@code |}, sorted
     */
    List<String> answer(Path script) throws Exception {
        return answer(script.getFileName().toString(), Files.readString(script));
    }

    /** The same of a text. */
    List<String> answer(String name, String script) throws Exception {
        return answer(name, script, counts -> false);
    }

    /**
     * Asks what may never end.
     *
     * @param rows what it should say in the end; nothing more is waited for
     */
    List<String> answer(String name, String script, List<String> rows) throws Exception {
        return answer(name, script, counts -> rows(counts).equals(rows));
    }

    private List<String> answer(
            String name, String script, Predicate<Map<String, Integer>> isEnough) throws Exception {
        List<Table> asked = run(name, script);
        if (asked.size() != 1) {
            throw new IllegalStateException(name + " has not one SELECT but " + asked.size());
        }
        Map<String, Integer> counts = new TreeMap<>();
        try (CloseableIterator<Row> rows = asked.get(0).execute().collect()) {
            while (!isEnough.test(counts) && rows.hasNext()) {
                Row row = rows.next();
                boolean isIn =
                        row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
                counts.merge(text(row), isIn ? 1 : -1, Integer::sum);
            }
        }
        return rows(counts);
    }

    private static List<String> rows(Map<String, Integer> counts) {
        List<String> result = new ArrayList<>();
        counts.forEach(
                (row, count) -> {
                    if (count < 0) {
                        throw new IllegalStateException("Taken back but never said: " + row);
                    }
                    for (int i = 0; i < count; i++) {
                        result.add(row);
                    }
                });
        return result;
    }

    /** Runs a script that puts its answer into a table, to the end of its input. */
    void serve(String script) throws Exception {
        ScriptRun run = new ScriptRun(tables, blackhole, NOWHERE);
        run.run("serving", script);
        ((TableEnvironmentInternal) tables).executeInternal(run.writes()).await();
    }

    /** Runs a script, and returns what it selects. */
    List<Table> run(Path script) throws Exception {
        return run(script.getFileName().toString(), Files.readString(script));
    }

    private List<Table> run(String name, String script) {
        List<Table> selected = new ArrayList<>();
        new ScriptRun(
                        tables,
                        (session, where, query) -> {
                            selected.add(query);
                            return blackhole.of(session, where, query);
                        },
                        NOWHERE)
                .run(name, script);
        return selected;
    }

    private static String text(Row row) {
        return Arrays.stream(fields(row)).map(Objects::toString).collect(Collectors.joining(" | "));
    }

    private static Object[] fields(Row row) {
        Object[] fields = new Object[row.getArity()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = row.getField(i);
        }
        return fields;
    }
}
