package io.hydrant.sql.runner;

import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.SqlParserEOFException;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.BeginStatementSetOperation;
import org.apache.flink.table.operations.EndStatementSetOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.ClearOperation;
import org.apache.flink.table.operations.command.HelpOperation;
import org.apache.flink.table.operations.command.QuitOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the statements of scripts in one session: what defines or shows something at once, and
 * gathers what writes rows for the one job.
 *
 * <p>A SELECT writes, too, into the table that {@link ResultTable} names for it.
 */
public final class ScriptRun {

    private final StreamTableEnvironment tables;
    private final TableEnvironmentInternal planner;
    private final Configuration atFirst;
    private final ResultTable results;
    private final PrintStream out;
    private final List<ModifyOperation> writes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean isOver;

    /**
     * A session without statements yet.
     *
     * @param tables the session
     * @param results where the rows of SELECT statements go
     * @param out where SHOW, DESCRIBE and EXPLAIN print
     */
    public ScriptRun(StreamTableEnvironment tables, ResultTable results, PrintStream out) {
        this.tables = tables;
        this.planner = (TableEnvironmentInternal) tables;
        this.atFirst = tables.getConfig().getConfiguration().clone();
        this.results = results;
        this.out = out;
    }

    /**
     * Runs a script.
     *
     * @param name how messages call it
     * @param script its text, with no variables left in it
     * @throws ScriptException if a statement is wrong or fails, with file, line and statement
     */
    public void run(String name, String script) {
        StatementReader reader = new StatementReader(name, script);
        Statement statement = reader.next(this::isWhole);
        while (statement != null && !isOver) {
            try {
                run(statement, planner.getParser().parse(statement.inPlace()).get(0));
            } catch (ScriptException e) {
                throw e;
            } catch (Exception e) {
                throw ParserErrors.of(statement, e);
            }
            statement = reader.next(this::isWhole);
        }
    }

    /**
     * All statements that write rows.
     *
     * @return them, in order
     */
    public List<ModifyOperation> writes() {
        return List.copyOf(writes);
    }

    /** The text of the statements that write rows. */
    String text() {
        return text.toString();
    }

    private boolean isWhole(Statement statement) {
        try {
            planner.getParser().parse(statement.text() + ';');
            return true;
        } catch (SqlParserEOFException e) {
            return false;
        } catch (Exception e) {
            // It is said with its place when the statement runs.
            return true;
        }
    }

    private void run(Statement statement, Operation operation) {
        if (operation instanceof SetOperation set) {
            set(statement, set);
        } else if (operation instanceof ResetOperation reset) {
            reset(reset);
        } else if (operation instanceof QuitOperation) {
            isOver = true;
        } else if (operation instanceof StatementSetOperation set) {
            set.getOperations().forEach(insert -> add(statement, insert));
        } else if (operation instanceof ModifyOperation write) {
            add(statement, write);
        } else if (operation instanceof QueryOperation) {
            select(statement);
        } else if (!isOfAConsole(operation)) {
            TableResult result = planner.executeInternal(operation);
            if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
                print(result);
            }
        }
    }

    /** What means something only to somebody who types: all writes are one set anyway. */
    private static boolean isOfAConsole(Operation operation) {
        return operation instanceof BeginStatementSetOperation
                || operation instanceof EndStatementSetOperation
                || operation instanceof ClearOperation
                || operation instanceof HelpOperation;
    }

    private void add(Statement statement, ModifyOperation write) {
        writes.add(write);
        text.append(statement.text()).append(";\n");
    }

    private void select(Statement statement) {
        String table = results.of(tables, statement.where(), tables.sqlQuery(statement.inPlace()));
        Operation insert =
                planner.getParser().parse(statement.inPlaceBehind("INSERT INTO " + table)).get(0);
        add(statement, (ModifyOperation) insert);
    }

    private void set(Statement statement, SetOperation set) {
        if (set.getKey().isEmpty()) {
            tables.getConfig()
                    .getConfiguration()
                    .toMap()
                    .forEach((key, value) -> out.println(key + " = " + value));
            return;
        }
        String key = set.getKey().get();
        String value = set.getValue().orElseThrow();
        if (key.equals(ExecutionOptions.RUNTIME_MODE.key()) && !value.equalsIgnoreCase(mode())) {
            throw new ScriptException(
                    statement.where()
                            + ": "
                            + key
                            + " is "
                            + mode()
                            + " for the whole job; to have it otherwise: flink run -D"
                            + key
                            + "="
                            + value
                            + " …");
        }
        tables.getConfig().set(key, value);
    }

    private String mode() {
        return tables.getConfig().get(ExecutionOptions.RUNTIME_MODE).name();
    }

    private void reset(ResetOperation reset) {
        Configuration config = tables.getConfig().getConfiguration();
        List<String> keys =
                reset.getKey().map(List::of).orElseGet(() -> List.copyOf(config.keySet()));
        for (String key : keys) {
            String before = atFirst.get(ConfigOptions.key(key).stringType().noDefaultValue());
            if (before == null) {
                config.removeKey(key);
            } else {
                config.setString(key, before);
            }
        }
    }

    private void print(TableResult result) {
        try (var rows = result.collect()) {
            rows.forEachRemaining(
                    row -> {
                        for (int i = 0; i < row.getArity(); i++) {
                            out.print(i == 0 ? "" : "  ");
                            out.print(row.getField(i));
                        }
                        out.println();
                    });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The result cannot be read", e);
        }
    }
}
