package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to the warehouse, and ends the one in use where a task is cancelled. */
final class Warehouse implements AutoCloseable {

    private final RedshiftConfig config;
    private final WarehouseDialect dialect;
    private final WarehouseCredentials credentials;
    private volatile WarehouseSession session;
    private volatile boolean isClosed;

    /**
     * The warehouse of a configuration.
     *
     * @param dialect what it does otherwise than others
     * @param services how Secrets Manager is reached where a secret says who logs in, and
     *     Redshift's own service where an identity of IAM does
     */
    Warehouse(RedshiftConfig config, WarehouseDialect dialect, AwsClientConfig services) {
        this.config = config;
        this.dialect = dialect;
        WarehouseAccess access = config.access();
        this.credentials = WarehouseCredentials.of(access, services);
    }

    WarehouseSession connect() throws SQLException {
        try {
            return connect(credentials.login());
        } catch (SQLException e) {
            if (LoadFailure.of(e) != LoadFailure.AUTHENTICATION_FAILED || !credentials.renew()) {
                throw e;
            }
            return connect(credentials.login());
        }
    }

    private WarehouseSession connect(WarehouseCredentials.Login login) throws SQLException {
        Properties properties = new Properties();
        WarehouseAccess access = config.access();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "Hydrant");
        // Whatever the server does not end in time, the client does.
        long seconds = access.statementTimeout().toSeconds() + 60;
        properties.setProperty("socketTimeout", Long.toString(seconds));
        Connection connection = dialect.connect(access.jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("The driver does not take the address " + access, "08001");
        }
        try {
            WarehouseSession opened = new WarehouseSession(connection, config, dialect);
            session = opened;
            if (isClosed) {
                throw new SQLException("The task is being closed", "08003");
            }
            return opened;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        isClosed = true;
        credentials.close();
        WarehouseSession current = session;
        if (current != null) {
            current.abort();
        }
    }
}
