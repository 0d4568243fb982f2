package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Reads every row of the table back, past the warehouse's wire and its faults. */
final class TableNumbers implements DeliveredNumbers {

    private final DataSource database;

    TableNumbers(DataSource database) {
        this.database = database;
    }

    /** Makes the table. */
    void create(String table) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " (number bigint)");
        }
    }

    @Override
    public void forEach(DeliveryPlan plan, LongConsumer numbers) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT number FROM " + plan.redshift().table())) {
            while (rows.next()) {
                numbers.accept(rows.getLong(1));
            }
        }
    }
}
