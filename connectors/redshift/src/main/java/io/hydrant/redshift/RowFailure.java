package io.hydrant.redshift;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PostgreSQL's errors about a row of a COPY.
 *
 * <p>Source: PostgreSQL manual, "Error Codes", classes 22, 23 and P0; the context of an error in
 * COPY is {@code COPY flights, line 3, column id: "x"}.
 */
final class RowFailure {

    /** The state of a COPY that was ended here since too many of its rows are bad. */
    static final String TOO_MANY = "22000";

    private static final String FOREIGN_KEY = "23503";

    private static final Pattern LINE = Pattern.compile("(?m)^COPY .*?, line (\\d+)(?:,|$|:)");
    private static final Pattern COLUMN =
            Pattern.compile("(?m)^COPY .*?, line \\d+, column (.+?)(?:: (?:\"|null input)|$)");

    private RowFailure() {}

    /**
     * Whether it is the row that is bad: a value, a constraint, or what a trigger says; the
     * connection, the table and the server are well.
     */
    static boolean isOne(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return server(error) != null
                && (state.startsWith("22") || state.startsWith("23") || state.equals("P0001"));
    }

    /** Whether it is bad for what another row is not there, which may be still to come. */
    static boolean isOfAnother(SQLException error) {
        return FOREIGN_KEY.equals(error.getSQLState());
    }

    /** The line of what was fed, from 1, or 0 where the error names none. */
    static int line(SQLException error) {
        Matcher line = LINE.matcher(where(error));
        return line.find() && line.group(1).length() < 10 ? Integer.parseInt(line.group(1)) : 0;
    }

    /** The column that is to blame, or empty. */
    static String column(SQLException error) {
        ServerErrorMessage server = server(error);
        if (server != null && server.getColumn() != null) {
            return server.getColumn();
        }
        Matcher column = COLUMN.matcher(where(error));
        return column.find() ? column.group(1) : "";
    }

    /** Why the row is bad. */
    static String reason(SQLException error) {
        ServerErrorMessage server = server(error);
        if (server == null) {
            return error.getMessage();
        }
        return server.getDetail() == null || server.getSQLState().startsWith("22")
                ? server.getMessage()
                : server.getMessage() + ": " + server.getDetail();
    }

    private static String where(SQLException error) {
        ServerErrorMessage server = server(error);
        return server == null || server.getWhere() == null ? "" : server.getWhere();
    }

    private static ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException known ? known.getServerErrorMessage() : null;
    }
}
