package io.hydrant.sql.runner;

import java.util.function.Predicate;

/**
 * Cuts a script into statements: at each semicolon that is code, if the parser takes what is there
 * by then for whole. So {@code EXECUTE STATEMENT SET BEGIN … END} stays in one piece.
 */
final class StatementReader {

    private final String file;
    private final String script;
    private int position;

    StatementReader(String file, String script) {
        this.file = file;
        this.script = script;
    }

    /**
     * The next statement.
     *
     * @param isWhole whether the parser does not ask for more; what is wrong in another way is
     *     whole
     * @return the statement, or null where only blanks, comments and semicolons are left
     */
    Statement next(Predicate<Statement> isWhole) {
        int begin = -1;
        SqlScanner scanner = new SqlScanner(script, position);
        while (scanner.next()) {
            if (begin >= 0 && scanner.isSemicolon()) {
                Statement statement = statement(begin, scanner.begin());
                if (isWhole.test(statement)) {
                    position = scanner.end();
                    return statement;
                }
            } else if (begin < 0) {
                begin = beginIn(scanner);
            }
        }
        position = script.length();
        return begin < 0 ? null : statement(begin, script.length());
    }

    /** The first character of a statement in a stretch of text, or -1. */
    private int beginIn(SqlScanner scanner) {
        if (scanner.kind() == SqlScanner.Kind.COMMENT || scanner.isSemicolon()) {
            return -1;
        }
        int at = scanner.begin();
        while (at < scanner.end() && Character.isWhitespace(script.charAt(at))) {
            at++;
        }
        return at < scanner.end() ? at : -1;
    }

    private Statement statement(int begin, int end) {
        String before = script.substring(0, begin);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = begin - before.lastIndexOf('\n');
        return new Statement(file, line, column, script.substring(begin, end).stripTrailing());
    }
}
