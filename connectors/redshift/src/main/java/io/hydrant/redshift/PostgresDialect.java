package io.hydrant.redshift;

import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.postgresql.Driver;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * PostgreSQL: the rows of staged objects are read here and streamed to it, in the transaction that
 * also notes them.
 *
 * <p>Source: PostgreSQL manual, "LOCK", "Transaction Isolation", "COPY", "CREATE TABLE" (LIKE).
 */
final class PostgresDialect implements WarehouseDialect {

    private static final Driver DRIVER = driver();

    /** The oldest that knows columns which are made of others. */
    private static final int OLDEST_VERSION = 12;

    /** Redshift says that it is PostgreSQL 8. */
    private static final int VERSION_OF_REDSHIFT = 8;

    private final RedshiftConfig config;
    private final ObjectStore store;
    private final S3Calls calls;

    PostgresDialect(RedshiftConfig config, ObjectStore store, S3Calls calls) {
        this.config = config;
        this.store = store;
        this.calls = calls;
    }

    /**
     * A driver enters itself into a list of the whole JVM, which would keep all classes of a job
     * that is over wherever the driver is one of them.
     */
    private static Driver driver() {
        Driver driver = new Driver();
        boolean isOfJob = Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader();
        try {
            if (isOfJob && Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The driver cannot be taken out of JDBC's list", e);
        }
        return driver;
    }

    @Override
    public Connection connect(String jdbcUrl, Properties properties) throws SQLException {
        Connection connection = DRIVER.connect(jdbcUrl, properties);
        if (connection == null) {
            return null;
        }
        try {
            requireKnown(connection.getMetaData().getDatabaseMajorVersion());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Refuses what speaks like PostgreSQL and is none, or one that is too old.
     *
     * @param version what the server says
     */
    static void requireKnown(int version) throws SQLException {
        if (version < OLDEST_VERSION) {
            throw new SQLException(
                    "The server says that it is PostgreSQL "
                            + version
                            + (version == VERSION_OF_REDSHIFT
                                    ? ", as Redshift does; set "
                                            + RedshiftOptions.DIALECT.key()
                                            + " to REDSHIFT"
                                    : "; it must be " + OLDEST_VERSION + " or later"),
                    "0A000");
        }
    }

    /**
     * Times without a zone are of UTC, wherever the task runs. A load holds its lock no longer than
     * a statement may take where its task has gone without a word.
     */
    @Override
    public List<String> settings() {
        long millis = config.access().statementTimeout().toMillis();
        return List.of(
                "SELECT set_config('statement_timeout', '"
                        + millis
                        + "', false), set_config('idle_in_transaction_session_timeout', '"
                        + millis
                        + "', false), set_config('TimeZone', 'UTC', false), set_config('default_transaction_isolation', 'read committed', false)");
    }

    @Override
    public List<String> snapshot() {
        return List.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    /** The key is for finding lines; no load leans on it. */
    @Override
    public String createLedger() {
        return "CREATE TABLE IF NOT EXISTS "
                + config.ledgerTable()
                + " (object_id VARCHAR(36) NOT NULL PRIMARY KEY, load_id VARCHAR(36) NOT NULL, delivery_stream VARCHAR(64) NOT NULL, object VARCHAR(1300) NOT NULL, records BIGINT NOT NULL, refused BIGINT NOT NULL, load_rows BIGINT NOT NULL, loaded_at TIMESTAMP NOT NULL)";
    }

    /** Readers go on, and every statement behind it sees what the load before committed. */
    @Override
    public String lockLedger() {
        return "LOCK TABLE " + config.ledgerTable() + " IN EXCLUSIVE MODE";
    }

    @Override
    public String now() {
        return "(clock_timestamp() AT TIME ZONE 'UTC')";
    }

    /** With what makes the table refuse a row, so that it does so where the row is known. */
    @Override
    public List<String> beforeUpsert(Upsert upsert) {
        return List.of(
                "CREATE TEMP TABLE "
                        + Upsert.STAGE
                        + " (LIKE "
                        + config.table()
                        + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING IDENTITY) ON COMMIT DROP");
    }

    /** Rows are changed and never removed, for another table may refer to them. */
    @Override
    public List<String> afterUpsert(Upsert upsert) {
        return List.of(
                upsert.updateEarlier(config.table(), config.columns()),
                upsert.insertLatest(config.table(), config.columns()));
    }

    @Override
    public Copied copy(
            Connection connection,
            String table,
            UUID loadId,
            List<StagedFile> files,
            List<String> behind)
            throws SQLException, IOException, InterruptedException {
        return new PostgresCopy(connection, config, store, calls, table, behind).copy(files);
    }

    @Override
    public void loaded(UUID loadId) {
        // Nothing was made for it.
    }
}
