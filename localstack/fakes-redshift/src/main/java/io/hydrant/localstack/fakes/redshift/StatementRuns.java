package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.StatementRun.Part;
import io.hydrant.localstack.fakes.redshift.StatementRun.Status;

import org.postgresql.Driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Carries statements out, each request on a connection and a thread of its own. */
final class StatementRuns implements AutoCloseable {

    private final String url;
    private final Map<String, StatementRun> runs = new ConcurrentHashMap<>();
    private final Map<String, StatementRun> byToken = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    work -> {
                        Thread thread = new Thread(work, "fake-data-api-statement");
                        thread.setDaemon(true);
                        return thread;
                    });

    StatementRuns(int port) {
        this.url = "jdbc:postgresql://localhost:" + port + '/' + FakeRedshift.DATABASE;
    }

    /** Begins to carry statements out as one transaction, unless the token was seen before. */
    StatementRun submit(String token, List<String> statements) {
        if (token == null) {
            return begin(statements);
        }
        return byToken.computeIfAbsent(token, unseen -> begin(statements));
    }

    private StatementRun begin(List<String> statements) {
        StatementRun run = new StatementRun(UUID.randomUUID().toString(), statements);
        runs.put(run.id(), run);
        threads.execute(() -> carryOut(run));
        return run;
    }

    /** A run, or null. */
    StatementRun find(String id) {
        return runs.get(id);
    }

    void abortAll() {
        runs.values().forEach(run -> run.move(Status.ABORTED, "Query cancelled by an operator"));
    }

    private void carryOut(StatementRun run) {
        run.move(Status.STARTED, null);
        try (Connection connection = connect()) {
            execute(connection, "BEGIN");
            for (String sql : run.statements()) {
                if (run.isOver()) {
                    return;
                }
                if (!carryOut(connection, sql, run)) {
                    execute(connection, "ROLLBACK");
                    return;
                }
            }
            if (!run.isOver()) {
                execute(connection, "COMMIT");
                run.move(Status.FINISHED, null);
            }
        } catch (SQLException e) {
            run.move(Status.FAILED, text(e));
        }
    }

    private static boolean carryOut(Connection connection, String sql, StatementRun run) {
        try {
            run.add(new Part(Status.FINISHED, null, execute(connection, sql)));
            return true;
        } catch (SQLException e) {
            run.add(new Part(Status.FAILED, text(e), null));
            run.move(Status.FAILED, text(e));
            return false;
        }
    }

    /** Only the database's own text is told, without a state. */
    private static String text(SQLException e) {
        return e.getMessage();
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", FakeRedshift.USER);
        properties.setProperty("password", FakeRedshift.PASSWORD);
        properties.setProperty("preferQueryMode", "simple");
        return new Driver().connect(url, properties);
    }

    private static List<String[]> execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
