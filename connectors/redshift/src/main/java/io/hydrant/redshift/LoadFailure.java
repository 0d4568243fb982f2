package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Why a load failed, under Firehose's error codes or, of PostgreSQL, codes like them, and what
 * becomes of it.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch Logs", errors of Redshift; Redshift
 * developer guide, "Serializable isolation" (error 1023); PostgreSQL manual, "Error Codes".
 */
enum LoadFailure {
    /** The connection was lost, or there was none; the load may have been carried out. */
    CONNECTION_FAILED("ConnectionFailed", Outcome.RETRY),
    /** Another transaction was in the way. */
    SERIALIZATION_CONFLICT("SerializationConflict", Outcome.RETRY),
    /** A statement took longer than it may. */
    TIMEOUT("ExecutionTimeout", Outcome.RETRY),
    /** No room. */
    DISK_FULL("DiskFull", Outcome.RETRY),
    /** Rows that the table does not take, more than may be refused. */
    DATA_LOAD_FAILED("DataLoadFailed", Outcome.POISON),
    /** User, password or permission. */
    AUTHENTICATION_FAILED("AuthenticationFailed", Outcome.FATAL),
    /** No such table, schema or database. */
    TABLE_NOT_FOUND("TableNotFound", Outcome.FATAL),
    /** Columns that the table has not. */
    COLUMN_MISMATCH("ColumnMismatch", Outcome.FATAL),
    /** COPY does not know its parameters. */
    SYNTAX_ERROR("SyntaxError", Outcome.FATAL),
    /** Anything else, which a person may mend meanwhile. */
    OTHER("Error", Outcome.RETRY);

    private final String name;
    private final Outcome outcome;

    LoadFailure(String name, Outcome outcome) {
        this.name = name;
        this.outcome = outcome;
    }

    String code(Dialect dialect) {
        return (dialect == Dialect.REDSHIFT ? "Redshift." : "PostgreSQL.") + name;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Judges an error of the warehouse or its driver. */
    static LoadFailure of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String message = error.getMessage() == null ? "" : error.getMessage();
        String text = message.toLowerCase(Locale.ROOT);
        return switch (state) {
            case "40001", "40P01" -> SERIALIZATION_CONFLICT;
            case "57014" -> TIMEOUT;
            case "28000", "28P01", "42501" -> AUTHENTICATION_FAILED;
            case "42P01", "3D000", "3F000" -> TABLE_NOT_FOUND;
            case "42703" -> COLUMN_MISMATCH;
            case "42601", "0A000" -> SYNTAX_ERROR;
            default -> ofClassOrText(state, text);
        };
    }

    /** Most that goes wrong in a COPY has one state, XX000, and only its text tells more. */
    private static LoadFailure ofClassOrText(String state, String text) {
        if (state.startsWith("08") || state.startsWith("57P")) {
            return CONNECTION_FAILED;
        }
        if (text.contains("serializable isolation violation") || text.startsWith("error: 1023")) {
            return SERIALIZATION_CONFLICT;
        }
        if (state.startsWith("53") || text.contains("disk full")) {
            return DISK_FULL;
        }
        // The latter of Parquet, whose rows no error table has.
        return text.contains("load_error")
                        || text.contains("spectrum scan error")
                        || state.startsWith("22")
                        || state.startsWith("23")
                ? DATA_LOAD_FAILED
                : OTHER;
    }
}
