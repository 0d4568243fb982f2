package io.hydrant.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives what the Data API says the SQLSTATE that a driver would have given it: the API tells the
 * database's text alone, and its own errors by name. What is not known here has none, and is tried
 * again as anything is that is not known.
 *
 * <p>Source: Redshift Data API reference, "Common Errors" and the errors of ExecuteStatement;
 * PostgreSQL manual, "Error Codes"; Redshift developer guide, "Serializable isolation".
 */
final class DataApiErrors {

    /** The call, or what it asked for, got lost on its way. */
    static final String LOST = "08006";

    /** Somebody or something ended the statement. */
    static final String CANCELLED = "57014";

    /** What a statement fails with that is to fail where something is not as expected. */
    static final String BY_ZERO = "22012";

    private static final Pattern NO_COLUMN =
            Pattern.compile("column \\S+( of relation \\S+| in \\S+)? does not exist");

    private static final Pattern NO_TABLE =
            Pattern.compile("(relation|schema|database|table) \\S+ does not exist");

    /** What a text says, in the order in which it is looked for: a table's column is no table. */
    private static final List<Map.Entry<Pattern, String>> TEXTS =
            List.of(
                    Map.entry(NO_COLUMN, "42703"),
                    Map.entry(NO_TABLE, "42P01"),
                    said("(division|divide) by zero", BY_ZERO),
                    said("permission denied", "42501"),
                    said("password authentication failed", "28000"),
                    said("check '(stl|sys)_load_error", "22000"),
                    said("spectrum scan error", "22000"),
                    said("deadlock detected", "40P01"),
                    said("could not serialize", "40001"),
                    said("cancell?ed on user|statement timeout", CANCELLED),
                    said("syntax error", "42601"));

    /** No other call will be answered otherwise before somebody has mended something. */
    private static final Map<String, String> FINAL =
            Map.of(
                    "AccessDeniedException", "28000",
                    "UnrecognizedClientException", "28000",
                    "InvalidSignatureException", "28000",
                    "MissingAuthenticationTokenException", "28000",
                    "ValidationException", "0A000",
                    "UnknownOperationException", "0A000");

    private static final Set<String> BUSY =
            Set.of(
                    "ActiveStatementsExceededException",
                    "ThrottlingException",
                    "TooManyRequestsException",
                    "ExpiredTokenException",
                    "RequestTimeout");

    private static final int SERVER_ERROR = 500;

    private DataApiErrors() {}

    private static Map.Entry<Pattern, String> said(String pattern, String state) {
        return Map.entry(Pattern.compile(pattern), state);
    }

    /** What the database said of a statement. */
    static SQLException ofStatement(String text) {
        return new SQLException(text, stateOf(text == null ? "" : text));
    }

    private static String stateOf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<Pattern, String> known : TEXTS) {
            if (known.getKey().matcher(lower).find()) {
                return known.getValue();
            }
        }
        return null;
    }

    /** Whether the same call may be answered otherwise in a moment. */
    static boolean mayPass(int status, String type) {
        return status >= SERVER_ERROR || BUSY.contains(type);
    }

    /** An answer of the service that is none of the database. */
    static SQLException ofCall(String action, int status, String type, String message) {
        return new SQLException(
                action
                        + " of the Data API was answered "
                        + status
                        + ", "
                        + (type.isEmpty() ? "without a type" : type)
                        + ": "
                        + message,
                FINAL.getOrDefault(type, LOST));
    }
}
