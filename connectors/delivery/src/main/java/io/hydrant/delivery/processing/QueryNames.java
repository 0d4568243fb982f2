package io.hydrant.delivery.processing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the functions that a query of jq calls, by a walk over its tokens. What it defines itself
 * is left out, wherever it does, so nothing that is there is ever said to be missing.
 */
final class QueryNames {

    private static final Set<String> KEYWORDS =
            Set.of(
                    "def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try",
                    "catch", "and", "or", "import", "include", "label", "break", "null", "true",
                    "false", "__loc__");

    /** Variables that jq has a value for, and Firehose's jq has nothing of. */
    private static final Set<String> OF_THE_PROGRAM = Set.of("$ENV", "$__prog_args");

    private static final Pattern NUMBER = Pattern.compile("[0-9.]+(?:[eE][+-]?[0-9]+)?");
    private static final Pattern NAME =
            Pattern.compile("[.$@]?\\s*([A-Za-z_][A-Za-z0-9_]*)(?:::[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern PARAMETERS = Pattern.compile("\\s*\\(([^)]*)\\)");

    private static final char TEXT = '"';

    /** An object where the name of a field comes next. */
    private static final char FIELD = 'f';

    /** An object where a value comes next. */
    private static final char VALUE = 'v';

    private final String query;
    private final Deque<Character> open = new ArrayDeque<>();
    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> defined = new LinkedHashSet<>();

    private QueryNames(String query) {
        this.query = query;
    }

    /** The names, in the order of their first call; variables of the program with their $. */
    static Set<String> calledBy(String query) {
        QueryNames names = new QueryNames(query);
        int at = 0;
        while (at < query.length()) {
            at = names.isIn(TEXT) ? names.inText(at) : names.inCode(at);
        }
        names.called.removeAll(names.defined);
        return names.called;
    }

    private boolean isIn(char what) {
        return !open.isEmpty() && open.peek() == what;
    }

    private int inText(int at) {
        char c = query.charAt(at);
        if (c == '\\') {
            if (query.startsWith("\\(", at)) {
                open.push('(');
            }
            return at + 2;
        }
        if (c == TEXT) {
            open.pop();
        }
        return at + 1;
    }

    private int inCode(int at) {
        char c = query.charAt(at);
        if (Character.isDigit(c)) {
            return end(NUMBER, at);
        }
        Matcher name = NAME.matcher(query).region(at, query.length());
        if (name.lookingAt()) {
            return name(name, at);
        }
        switch (c) {
            case TEXT, '(', '[' -> open.push(c);
            case '{' -> open.push(FIELD);
            case ')', ']', '}' -> open.poll();
            case ':' -> change(FIELD, VALUE);
            case ',' -> change(VALUE, FIELD);
            case '#' -> {
                int line = query.indexOf('\n', at);
                return line < 0 ? query.length() : line;
            }
            default -> {
                // An operator or space.
            }
        }
        return at + 1;
    }

    private void change(char from, char to) {
        if (isIn(from)) {
            open.pop();
            open.push(to);
        }
    }

    private int name(Matcher match, int at) {
        String name = match.group(1);
        char first = query.charAt(at);
        if (first == '$') {
            if (OF_THE_PROGRAM.contains('$' + name)) {
                called.add('$' + name);
            }
        } else if (first != '.' && first != '@' && !isIn(FIELD)) {
            if (name.equals("def")) {
                return definition(match.end());
            }
            if (!KEYWORDS.contains(name)) {
                called.add(name);
            }
        }
        return match.end();
    }

    private int definition(int at) {
        int begin = at;
        while (begin < query.length() && Character.isWhitespace(query.charAt(begin))) {
            begin++;
        }
        Matcher name = NAME.matcher(query).region(begin, query.length());
        if (!name.lookingAt()) {
            return begin;
        }
        defined.add(name.group(1));
        Matcher parameters = PARAMETERS.matcher(query).region(name.end(), query.length());
        if (!parameters.lookingAt()) {
            return name.end();
        }
        for (String each : parameters.group(1).split(";", -1)) {
            String parameter = each.strip();
            defined.add(parameter.startsWith("$") ? parameter.substring(1) : parameter);
        }
        return parameters.end();
    }

    private int end(Pattern pattern, int at) {
        Matcher match = pattern.matcher(query).region(at, query.length());
        return match.lookingAt() ? match.end() : at + 1;
    }
}
