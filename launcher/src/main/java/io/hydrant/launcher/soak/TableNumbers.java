package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** Reads every row of the table back, past the double's wire and its faults. */
final class TableNumbers implements DeliveredNumbers {

    private final FakeRedshift redshift;

    TableNumbers(FakeRedshift redshift) {
        this.redshift = redshift;
    }

    /** Makes the table. */
    void create(String table) throws SQLException {
        try (Connection connection = redshift.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " (number bigint)");
        }
    }

    @Override
    public void forEach(DeliveryPlan plan, LongConsumer numbers) throws Exception {
        try (Connection connection = redshift.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT number FROM " + plan.redshift().table())) {
            while (rows.next()) {
                numbers.accept(rows.getLong(1));
            }
        }
    }
}
