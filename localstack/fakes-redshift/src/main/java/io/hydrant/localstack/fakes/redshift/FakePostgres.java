package io.hydrant.localstack.fakes.redshift;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A PostgreSQL as it is, with a door before it that loses connections and answers with errors when
 * it is told to. Of a COPY FROM STDIN the door takes each piece of data, and the end of them, for a
 * statement of its own, named {@link #COPY_DATA} and {@link #COPY_DONE}.
 *
 * <p>All methods may be called at any time from any thread.
 */
public final class FakePostgres implements AutoCloseable {

    /** Name of the database. */
    public static final String DATABASE = "warehouse";

    /** Name of the user that the door lets in. */
    public static final String USER = "loader";

    /** That user's password. */
    public static final String PASSWORD = "Fake-Passw0rd";

    /** What faults are asked for where data of a COPY passes. */
    public static final String COPY_DATA = "(data of COPY)";

    /** What faults are asked for where the data of a COPY ends. */
    public static final String COPY_DONE = "(end of COPY)";

    private static final Duration STARTUP = Duration.ofMinutes(2);

    private final EmbeddedPostgres postgres;
    private final Door door;
    private final FakeCluster cluster;

    private FakePostgres(EmbeddedPostgres postgres, Door door, FakeCluster cluster) {
        this.postgres = postgres;
        this.door = door;
        this.cluster = cluster;
    }

    /** Starts on a free port. */
    public static FakePostgres start() throws IOException {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setPGStartupWait(STARTUP)
                        .start();
        try {
            run(postgres.getPostgresDatabase(), "CREATE DATABASE " + DATABASE);
            FakeCluster cluster = FakeCluster.plain(postgres.getPort(), USER, PASSWORD);
            Door door = Door.take(0, "fake-postgres");
            door.open(cluster);
            return new FakePostgres(postgres, door, cluster);
        } catch (IOException | RuntimeException e) {
            postgres.close();
            throw e;
        } catch (SQLException e) {
            postgres.close();
            throw new IOException("PostgreSQL could not be prepared", e);
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Address through the door; user and password are constants of this class. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + door.port() + '/' + DATABASE;
    }

    /** Address past the door, as user postgres with any password. */
    public String directJdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + '/' + DATABASE;
    }

    /** The database past the door. */
    public DataSource database() {
        return postgres.getDatabase("postgres", DATABASE);
    }

    /** Faults to come: the function is asked for every statement, given its text. */
    public void faults(Function<String, Fault> faults) {
        cluster.faults(faults);
    }

    @Override
    public void close() throws IOException {
        door.close();
        postgres.close();
    }
}
