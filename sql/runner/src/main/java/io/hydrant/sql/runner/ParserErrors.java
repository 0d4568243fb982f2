package io.hydrant.sql.runner;

import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.ValidationException;

/** Makes of what Flink says about a statement a message that fits on a screen. */
final class ParserErrors {

    private static final String EXPECTED = "Was expecting one of:";
    private static final int MAX_LINES = 12;

    private ParserErrors() {}

    /** What is wrong, why, and the statement. */
    static ScriptException of(Statement statement, Throwable error) {
        return new ScriptException(
                statement.where() + ": " + reason(error) + "\n\n" + shortened(statement.text()),
                error);
    }

    /** The messages of the error and its causes, each once, without the list of all tokens. */
    private static String reason(Throwable error) {
        StringBuilder reason = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message == null) {
                continue;
            }
            int expected = message.indexOf(EXPECTED);
            String text = (expected < 0 ? message : message.substring(0, expected)).strip();
            if (reason.indexOf(text) < 0) {
                reason.append(reason.isEmpty() ? "" : "\n  because: ").append(text);
            }
            if (cause instanceof SqlParserException) {
                // What follows says the same in the parser's own words.
                break;
            }
        }
        if (reason.isEmpty()) {
            reason.append(error);
        }
        if (!(error instanceof SqlParserException || error instanceof ValidationException)) {
            reason.insert(0, "it failed: ");
        }
        return reason.toString();
    }

    private static String shortened(String text) {
        String[] lines = text.split("\n", -1);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
            shown.append("    ").append(lines[i]).append('\n');
        }
        if (lines.length > MAX_LINES) {
            shown.append("    … and ").append(lines.length - MAX_LINES).append(" lines more\n");
        }
        return shown.toString();
    }
}
