package io.hydrant.sql.runner;

/**
 * Walks over SQL text and tells what is code, what stands in quotes and what is a comment, by the
 * lexical rules of Flink's parser; it knows no more of SQL than that.
 */
final class SqlScanner {

    /** What a stretch of text is. */
    enum Kind {
        CODE,
        QUOTED,
        COMMENT
    }

    private final String text;
    private int begin;
    private int end;
    private Kind kind;

    SqlScanner(String text, int from) {
        this.text = text;
        this.begin = from;
        this.end = from;
    }

    /**
     * Goes to the next stretch; false at the end of the text. A semicolon is a stretch of its own.
     */
    boolean next() {
        begin = end;
        if (begin >= text.length()) {
            return false;
        }
        char first = text.charAt(begin);
        if (first == '\'' || first == '`') {
            kind = Kind.QUOTED;
            end = endOfQuotes(first);
        } else if (text.startsWith("--", begin)) {
            kind = Kind.COMMENT;
            int line = text.indexOf('\n', begin);
            end = line < 0 ? text.length() : line;
        } else if (isComment(begin)) {
            kind = Kind.COMMENT;
            int close = text.indexOf("*/", begin + 2);
            end = close < 0 ? text.length() : close + 2;
        } else {
            kind = Kind.CODE;
            end = begin + 1;
            while (first != ';' && end < text.length() && !endsCode(end)) {
                end++;
            }
        }
        return true;
    }

    /** A quote in quotes is doubled, which reads as the end of one and the begin of another. */
    private int endOfQuotes(char quote) {
        int close = text.indexOf(quote, begin + 1);
        return close < 0 ? text.length() : close + 1;
    }

    /** A hint looks like a comment and is none. */
    private boolean isComment(int at) {
        return text.startsWith("/*", at) && !text.startsWith("/*+", at);
    }

    private boolean endsCode(int at) {
        char c = text.charAt(at);
        return c == ';' || c == '\'' || c == '`' || text.startsWith("--", at) || isComment(at);
    }

    Kind kind() {
        return kind;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    boolean isSemicolon() {
        return kind == Kind.CODE && text.charAt(begin) == ';';
    }
}
