package io.hydrant.redshift;

import com.amazon.redshift.Driver;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Amazon Redshift: it reads staged objects by itself, from a manifest.
 *
 * <p>Source: Redshift developer guide, "COPY", "LOCK", "SYS_LOAD_ERROR_DETAIL",
 * "PG_LAST_COPY_COUNT".
 */
final class RedshiftDialect implements WarehouseDialect {

    /** Asks for refused rows; addresses of files follow. */
    static final String REFUSED_OF_FILES =
            "SELECT TRIM(file_name), line_number, MAX(TRIM(column_name)), MAX(TRIM(error_message)) FROM sys_load_error_detail WHERE TRIM(file_name) IN (";

    /** Ends that. */
    static final String EACH_ONCE = ") GROUP BY 1, 2 ORDER BY 1, 2";

    private static final Driver DRIVER = driver();

    private final RedshiftConfig config;
    private final Manifests manifests;

    RedshiftDialect(RedshiftConfig config, Manifests manifests) {
        this.config = config;
        this.manifests = manifests;
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
        return DRIVER.connect(jdbcUrl, properties);
    }

    @Override
    public List<String> settings() {
        return List.of("SET statement_timeout TO " + config.access().statementTimeout().toMillis());
    }

    /** It always does. */
    @Override
    public List<String> snapshot() {
        return List.of();
    }

    @Override
    public String createLedger() {
        return "CREATE TABLE IF NOT EXISTS "
                + config.ledgerTable()
                + " (object_id VARCHAR(36) NOT NULL, load_id VARCHAR(36) NOT NULL, delivery_stream VARCHAR(64) NOT NULL, object VARCHAR(1300) NOT NULL, records BIGINT NOT NULL, refused BIGINT NOT NULL, load_rows BIGINT NOT NULL, loaded_at TIMESTAMP NOT NULL) SORTKEY (loaded_at)";
    }

    /** It takes its snapshot with the first statement behind a LOCK. */
    @Override
    public String lockLedger() {
        return "LOCK TABLE " + config.ledgerTable();
    }

    @Override
    public String now() {
        return "GETDATE()";
    }

    @Override
    public List<String> beforeUpsert(Upsert upsert) {
        return List.of(
                "DROP TABLE IF EXISTS " + Upsert.STAGE,
                "CREATE TEMP TABLE " + Upsert.STAGE + " (LIKE " + config.table() + ")");
    }

    @Override
    public List<String> afterUpsert(Upsert upsert) {
        return List.of(
                upsert.deleteEarlier(config.table()),
                upsert.insertLatest(config.table(), config.columns()));
    }

    /** It enforces no constraint but NOT NULL, which COPY checks, so nothing is refused behind. */
    @Override
    public Copied copy(
            Connection connection,
            String table,
            UUID loadId,
            List<StagedFile> files,
            List<String> behind)
            throws SQLException, IOException, InterruptedException {
        String manifest = manifests.write(loadId, files);
        long rows;
        try (Statement statement = connection.createStatement()) {
            statement.execute(copyStatement(table, manifest));
        }
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT pg_last_copy_count()")) {
            count.next();
            rows = count.getLong(1);
        }
        long records = files.stream().mapToLong(StagedFile::records).sum();
        boolean mayHaveRefused = rows != records || config.rowsPerRecord() == RowsPerRecord.ANY;
        Copied copied = new Copied(rows, mayHaveRefused ? refused(connection, files) : List.of());
        for (String sql : behind) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
        return copied;
    }

    /** Loads what a manifest lists. */
    String copyStatement(String table, String manifest) {
        StringBuilder sql = new StringBuilder("COPY ").append(table);
        if (!config.columns().isEmpty()) {
            sql.append(" (").append(String.join(", ", config.columns())).append(')');
        }
        sql.append(" FROM ").append(SqlNames.literal(manifest)).append(" IAM_ROLE ");
        sql.append(
                config.iamRole().equals("default")
                        ? "default"
                        : SqlNames.literal(config.iamRole()));
        sql.append(" MANIFEST ").append(config.copy());
        if (config.staging().conversion() == null) {
            // Of Parquet COPY takes all rows or none.
            sql.append(" MAXERROR ").append(config.maxErrors());
        }
        return sql.toString();
    }

    /** The rows of the files that a COPY refused, each once. */
    private static List<RefusedRow> refused(Connection connection, List<StagedFile> files)
            throws SQLException {
        List<RefusedRow> refused = new ArrayList<>();
        for (List<StagedFile> some : WarehouseSession.inPieces(files)) {
            addRefused(connection, some, refused);
        }
        return refused;
    }

    private static void addRefused(
            Connection connection, List<StagedFile> files, List<RefusedRow> refused)
            throws SQLException {
        String sql = REFUSED_OF_FILES + WarehouseSession.placeholders(files.size()) + EACH_ONCE;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < files.size(); i++) {
                select.setString(i + 1, files.get(i).nameInErrors());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    refused.add(
                            new RefusedRow(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    1,
                                    rows.getString(3),
                                    rows.getString(4)));
                }
            }
        }
    }

    @Override
    public void loaded(UUID loadId) throws InterruptedException {
        manifests.remove(loadId);
    }
}
