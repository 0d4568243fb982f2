package io.hydrant.delivery.processing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a query that makes an object, {@code {key: …, key: …}}, without evaluating
 * it.
 *
 * @param keys names of the object's fields
 * @param paths the path of each field where all are plain paths, else null
 */
record QueryOutline(Set<String> keys, Map<String, List<String>> paths) {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String TEXT = "\"[^\"\\\\]*\"";
    private static final Pattern FIELD =
            Pattern.compile("\\s*(" + NAME + "|" + TEXT + ")\\s*(?::(.*))?", Pattern.DOTALL);
    private static final Pattern STEP =
            Pattern.compile(
                    "\\s*(?:\\.(" + NAME + "|" + TEXT + ")|\\.?\\s*\\[\\s*(" + TEXT + ")\\s*])");

    /** The outline, or null where the query is not of that form. */
    static QueryOutline of(String query) {
        String text = query.strip();
        if (text.length() < 2 || text.charAt(0) != '{' || text.indexOf('#') >= 0) {
            return null;
        }
        List<String> fields = fieldsOf(text);
        if (fields == null) {
            return null;
        }
        Map<String, List<String>> paths = new LinkedHashMap<>();
        boolean isPlain = true;
        for (String each : fields) {
            Matcher field = FIELD.matcher(each);
            if (!field.matches()) {
                return null;
            }
            String key = unquoted(field.group(1));
            List<String> path = field.group(2) == null ? List.of(key) : pathOf(field.group(2));
            isPlain &= path != null && !paths.containsKey(key);
            paths.put(key, path);
        }
        return new QueryOutline(paths.keySet(), isPlain ? paths : null);
    }

    /** What stands between the outer braces, cut at its own commas; null unless that is all. */
    private static List<String> fieldsOf(String text) {
        List<String> fields = new ArrayList<>();
        int depth = 0;
        int begin = 1;
        int i = 0;
        while (i < text.length()) {
            switch (text.charAt(i)) {
                case '"' -> {
                    i = endOfText(text, i);
                    if (i < 0) {
                        return null;
                    }
                }
                case '{', '[', '(' -> depth++;
                case '}', ']', ')' -> {
                    depth--;
                    if (depth == 0 && i < text.length() - 1) {
                        return null;
                    }
                }
                case ',' -> {
                    if (depth == 1) {
                        fields.add(text.substring(begin, i));
                        begin = i + 1;
                    }
                }
                default -> {
                    // Part of a field.
                }
            }
            i++;
        }
        if (depth != 0) {
            return null;
        }
        fields.add(text.substring(begin, text.length() - 1));
        return fields;
    }

    /** A text with expressions in it is left to jq. */
    private static int endOfText(String text, int quote) {
        int i = quote + 1;
        while (i < text.length()) {
            if (text.charAt(i) == '"') {
                return i;
            }
            boolean isEscape = text.charAt(i) == '\\';
            if (isEscape && text.startsWith("\\(", i)) {
                return -1;
            }
            i += isEscape ? 2 : 1;
        }
        return -1;
    }

    /** The names of a path such as {@code .a."b c"["d"]}, or null where it is anything else. */
    private static List<String> pathOf(String text) {
        List<String> path = new ArrayList<>();
        int at = 0;
        String expression = text.strip();
        if (!expression.startsWith(".")) {
            return null;
        }
        Matcher step = STEP.matcher(expression);
        while (at < expression.length() && step.region(at, expression.length()).lookingAt()) {
            path.add(unquoted(step.group(1) != null ? step.group(1) : step.group(2)));
            at = step.end();
        }
        return at == expression.length() && !path.isEmpty() ? path : null;
    }

    private static String unquoted(String name) {
        return name.charAt(0) == '"' ? name.substring(1, name.length() - 1) : name;
    }
}
