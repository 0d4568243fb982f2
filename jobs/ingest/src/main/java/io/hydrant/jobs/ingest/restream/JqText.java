package io.hydrant.jobs.ingest.restream;

import io.hydrant.delivery.processing.RecordQuery;

import java.util.regex.Pattern;

/** Text of jq that becomes part of a longer one. */
final class JqText {

    private static final Pattern PATH = Pattern.compile("(?:\\.[A-Za-z_][A-Za-z0-9_]*)+");

    private JqText() {}

    /**
     * Refuses what is no expression by itself, such as one that closes a parenthesis which it did
     * not open, and would mean something else within another.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static void requireWhole(String expression) {
        String within = "[" + expression + "\n]";
        try {
            RecordQuery.compile(within);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage().replace(within, expression), e);
        }
    }

    /** Whether it is a plain path, which is looked up without a tree where nothing is around it. */
    static boolean isPath(String expression) {
        return PATH.matcher(expression).matches();
    }
}
