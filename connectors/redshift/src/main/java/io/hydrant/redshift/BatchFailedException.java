package io.hydrant.redshift;

import java.sql.SQLException;

/** A batch that failed, and so did nothing, by one of its statements. */
final class BatchFailedException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final int statement;

    BatchFailedException(SQLException cause, int statement) {
        super(cause.getMessage(), cause.getSQLState(), cause);
        this.statement = statement;
    }

    /** Which of its statements failed, from 0. */
    int statement() {
        return statement;
    }
}
