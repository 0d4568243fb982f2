package io.hydrant.localstack.fakes.redshift;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL text.
 *
 * @param kind what it is
 * @param text as written
 * @param start where it begins in the statement
 */
record SqlToken(Kind kind, String text, int start) {

    /** Kinds of pieces; blanks and comments are none. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL
    }

    int end() {
        return start + text.length();
    }

    /** Whether it is that keyword, in any case, or that symbol. */
    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /** The content of a string without its quotes. */
    String value() {
        if (kind != Kind.STRING) {
            return text;
        }
        return text.substring(1, text.length() - 1).replace("''", "'");
    }

    /**
     * Takes a statement apart.
     *
     * @throws FakeSqlException if a quote or comment does not end
     */
    static List<SqlToken> of(String sql) throws FakeSqlException {
        List<SqlToken> tokens = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end;
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            } else if (sql.startsWith("--", at)) {
                int line = sql.indexOf('\n', at);
                at = line < 0 ? sql.length() : line;
                continue;
            } else if (sql.startsWith("/*", at)) {
                at = after(sql, "*/", at + 2);
                continue;
            } else if (c == '\'') {
                end = closing(sql, at);
                tokens.add(new SqlToken(Kind.STRING, sql.substring(at, end), at));
            } else if (c == '"') {
                end = closing(sql, at);
                tokens.add(new SqlToken(Kind.QUOTED_NAME, sql.substring(at, end), at));
            } else if (sql.startsWith("$$", at)) {
                end = after(sql, "$$", at + 2);
                tokens.add(new SqlToken(Kind.STRING, sql.substring(at, end), at));
            } else if (Character.isLetter(c) || c == '_' || c == '#') {
                end = at + 1;
                while (end < sql.length() && isWordPart(sql.charAt(end))) {
                    end++;
                }
                tokens.add(new SqlToken(Kind.WORD, sql.substring(at, end), at));
            } else if (Character.isDigit(c)) {
                end = at + 1;
                while (end < sql.length()
                        && (Character.isDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
                    end++;
                }
                tokens.add(new SqlToken(Kind.NUMBER, sql.substring(at, end), at));
            } else {
                end = at + 1;
                tokens.add(new SqlToken(Kind.SYMBOL, sql.substring(at, end), at));
            }
            at = end;
        }
        return tokens;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static int closing(String sql, int start) throws FakeSqlException {
        char quote = sql.charAt(start);
        int at = start + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) == quote) {
                if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                    at++;
                } else {
                    return at + 1;
                }
            }
            at++;
        }
        throw FakeSqlException.syntax("unterminated quoted text at " + sql.substring(start));
    }

    private static int after(String sql, String mark, int from) throws FakeSqlException {
        int found = sql.indexOf(mark, from);
        if (found < 0) {
            throw FakeSqlException.syntax("missing " + mark);
        }
        return found + mark.length();
    }
}
