package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;

import java.io.IOException;
import java.sql.SQLException;

/** An attempt to load that failed, judged. */
final class LoadException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    LoadException(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** What the warehouse failed with. */
    static LoadException of(RedshiftConfig config, SQLException e) {
        LoadFailure failure = LoadFailure.of(e);
        return new LoadException(
                failure.outcome(),
                failure.code(config.access().dialect())
                        + ": the load of "
                        + config.table()
                        + " in "
                        + config.access()
                        + " failed (SQLSTATE "
                        + e.getSQLState()
                        + "): "
                        + e.getMessage(),
                e);
    }

    /**
     * Rows that do not add up to records.
     *
     * @param made what COPY made, as a text
     */
    static LoadException notAsManyRowsAsRecords(
            RedshiftConfig config, String made, long records, long refused) {
        return new LoadException(
                Outcome.POISON,
                "COPY made "
                        + made
                        + " rows of "
                        + records
                        + " records in "
                        + config.table()
                        + " and refused "
                        + refused
                        + ". Way out: see that every record is one row and ends with a newline (delivery.append-newline); where records hold several rows set "
                        + RedshiftOptions.ROWS_PER_RECORD.key()
                        + " to ANY",
                null);
    }

    Outcome outcome() {
        return outcome;
    }
}
