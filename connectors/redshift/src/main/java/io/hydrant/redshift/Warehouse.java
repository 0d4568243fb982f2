package io.hydrant.redshift;

import com.amazon.redshift.Driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to the warehouse, and ends the one in use where a task is cancelled. */
final class Warehouse implements AutoCloseable {

    private final RedshiftConfig config;
    private final Driver driver = new Driver();
    private volatile WarehouseSession session;
    private volatile boolean isClosed;

    Warehouse(RedshiftConfig config) {
        this.config = config;
    }

    WarehouseSession connect() throws SQLException {
        Properties properties = new Properties();
        WarehouseAccess access = config.access();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("ApplicationName", "Hydrant");
        // Whatever the server does not end in time, the client does.
        long seconds = access.statementTimeout().toSeconds() + 60;
        properties.setProperty("socketTimeout", Long.toString(seconds));
        Connection connection = driver.connect(access.jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("The driver does not take the address " + access, "08001");
        }
        try {
            WarehouseSession opened = new WarehouseSession(connection, config);
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
        WarehouseSession current = session;
        if (current != null) {
            current.abort();
        }
    }
}
