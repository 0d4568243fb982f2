package io.hydrant.redshift;

import com.amazon.redshift.Driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to the warehouse, and ends the one in use where a task is cancelled. */
final class Warehouse implements AutoCloseable {

    private static final Driver DRIVER = driver();

    private final RedshiftConfig config;
    private volatile WarehouseSession session;
    private volatile boolean isClosed;

    Warehouse(RedshiftConfig config) {
        this.config = config;
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

    WarehouseSession connect() throws SQLException {
        Properties properties = new Properties();
        WarehouseAccess access = config.access();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("ApplicationName", "Hydrant");
        // Whatever the server does not end in time, the client does.
        long seconds = access.statementTimeout().toSeconds() + 60;
        properties.setProperty("socketTimeout", Long.toString(seconds));
        Connection connection = DRIVER.connect(access.jdbcUrl(), properties);
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
