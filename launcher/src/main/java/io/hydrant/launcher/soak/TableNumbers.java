package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Reads every row of the tables back, past the warehouse's wire and its faults. */
final class TableNumbers implements DeliveredNumbers {

    private final DataSource database;
    private final List<String> tables;

    TableNumbers(DataSource database, List<String> tables) {
        this.database = database;
        this.tables = List.copyOf(tables);
    }

    /** Makes the tables. */
    void create() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("CREATE TABLE " + table + " (number bigint)");
            }
        }
    }

    @Override
    public void forEach(DeliveryPlan plan, LongConsumer numbers) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT number FROM " + table)) {
                    while (rows.next()) {
                        numbers.accept(rows.getLong(1));
                    }
                }
            }
        }
    }
}
