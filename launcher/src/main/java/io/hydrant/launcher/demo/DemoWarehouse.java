package io.hydrant.launcher.demo;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.ScanReporter;
import io.hydrant.launcher.verify.Verification;
import io.hydrant.launcher.verify.VerificationResult;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.data.Flights;

import com.amazon.redshift.Driver;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Month;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The warehouse of {@code ./hydrant demo --redshift}: a double of Redshift with a table of flights,
 * which Amazon's own driver asks in the end.
 */
final class DemoWarehouse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String TABLE =
            "CREATE TABLE flights (id varchar(64), event_time timestamp, carrier varchar(8), flight int, origin char(3), dest char(3), dep_delay int, arr_delay int, distance int) DISTKEY (carrier) SORTKEY (event_time)";

    private static final String QUESTION =
            """
            SELECT carrier,
                   count(dep_delay) AS flights,
                   CAST(avg(CAST(dep_delay AS float)) AS decimal(9, 1)) AS minutes_late
            FROM flights
            GROUP BY carrier
            HAVING count(dep_delay) >= 10
            ORDER BY minutes_late DESC, carrier
            LIMIT 5""";

    private final S3StagedObjects objects;
    private final FakeRedshift redshift;
    private final PrintWriter out;

    private DemoWarehouse(S3StagedObjects objects, FakeRedshift redshift, PrintWriter out) {
        this.objects = objects;
        this.redshift = redshift;
        this.out = out;
    }

    /** Starts one whose COPY reads from LocalStack. */
    static DemoWarehouse start(LocalStack localStack, PrintWriter out)
            throws IOException, SQLException {
        S3StagedObjects objects = S3StagedObjects.at(localStack.endpoint());
        FakeRedshift redshift = null;
        try {
            redshift = FakeRedshift.start(objects);
            DemoWarehouse warehouse = new DemoWarehouse(objects, redshift, out);
            try (Connection connection = warehouse.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            return warehouse;
        } catch (IOException | SQLException e) {
            if (redshift != null) {
                redshift.close();
            }
            objects.close();
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", FakeRedshift.USER);
        properties.setProperty("password", FakeRedshift.PASSWORD);
        return new Driver().connect(redshift.jdbcUrl(), properties);
    }

    /** What the job is told of it. */
    List<String> arguments() {
        return List.of(
                "--set", "RedshiftDestinationConfiguration.ClusterJDBCURL=" + redshift.jdbcUrl());
    }

    /** How to look into it. */
    String psql() {
        return String.format(
                Locale.ROOT,
                "psql 'host=127.0.0.1 port=%d dbname=%s user=%s password=%s sslmode=disable'",
                redshift.port(),
                FakeRedshift.DATABASE,
                FakeRedshift.USER,
                FakeRedshift.PASSWORD);
    }

    /** Waits for the last loads, verifies, and compares an answer with one of plain Java. */
    boolean prove(DeliveryPlan plan, Flights flights, Month[] months) throws Exception {
        out.println("\n$ ./hydrant verify --redshift --read-back --wait PT2M …\n");
        VerificationResult[] last = new VerificationResult[1];
        Conditions.comeTrue(
                PATIENCE,
                () -> {
                    last[0] = new Verification(plan, null, true, new ScanReporter(out)).run();
                    return !last[0].mayStillComplete();
                });
        out.print(last[0].text());
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            long total = Flights.count(months);
            List<List<String>> counts =
                    rows(statement, "SELECT count(*), count(DISTINCT id) FROM flights");
            boolean each =
                    counts.equals(List.of(List.of(String.valueOf(total), String.valueOf(total))));
            out.printf(
                    Locale.ROOT,
                    "flights   %,d replayed; %s rows, %s different flights in them: %s%n",
                    total,
                    counts.get(0).get(0),
                    counts.get(0).get(1),
                    each ? "each exactly once" : "NOT each exactly once");
            return answer(statement, flights, months) && each && last[0].complete();
        }
    }

    private boolean answer(Statement statement, Flights flights, Month[] months)
            throws IOException, SQLException {
        out.println(
                "\n"
                        + Answer.LATEST_CARRIERS.title()
                        + ", asked of the table:\n\n"
                        + QUESTION
                        + '\n');
        List<List<String>> rows = rows(statement, QUESTION);
        rows.forEach(row -> out.println("  " + String.join("  ", row)));
        ExpectedAnswers expected = new ExpectedAnswers();
        try (Stream<Flight> all = flights.stream(months)) {
            for (Iterator<Flight> each = all.iterator(); each.hasNext(); ) {
                expected.add(each.next().json());
            }
        }
        // Without their places, which are the order of the rows.
        List<List<String>> expectedRows =
                expected.rows(Answer.LATEST_CARRIERS).stream()
                        .map(row -> row.subList(1, row.size()))
                        .toList();
        boolean isRight = rows.equals(expectedRows);
        out.println(
                isRight
                        ? "as plain Java computes it from the same flights"
                        : "WRONG; plain Java computes " + expectedRows);
        return isRight;
    }

    private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        try (objects) {
            redshift.close();
        }
    }
}
