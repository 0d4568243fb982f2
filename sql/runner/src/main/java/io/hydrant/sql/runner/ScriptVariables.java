package io.hydrant.sql.runner;

import io.hydrant.core.options.NearestName;

import java.util.Map;
import java.util.TreeMap;

/**
 * Puts values in the place of <code>${name}</code>, in code and in quotes, and leaves comments as
 * they are. <code>$${</code> stands for <code>${</code> itself.
 */
final class ScriptVariables {

    private static final String OPEN = "${";

    private final Map<String, String> values;

    ScriptVariables(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * The script with values in it; its lines keep their numbers.
     *
     * @throws ScriptException naming a variable that has no value, with file and line
     */
    String fill(String file, String script) {
        StringBuilder filled = new StringBuilder(script.length());
        SqlScanner scanner = new SqlScanner(script, 0);
        while (scanner.next()) {
            if (scanner.kind() == SqlScanner.Kind.COMMENT) {
                filled.append(script, scanner.begin(), scanner.end());
            } else {
                fill(file, script, scanner.begin(), scanner.end(), filled);
            }
        }
        return filled.toString();
    }

    private void fill(String file, String script, int begin, int end, StringBuilder filled) {
        int at = begin;
        while (at < end) {
            int open = script.indexOf(OPEN, at);
            if (open < 0 || open >= end) {
                break;
            }
            if (open > at && script.charAt(open - 1) == '$') {
                filled.append(script, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            int close = script.indexOf('}', open);
            if (close < 0 || close >= end) {
                throw new ScriptException(
                        where(file, script, open)
                                + ": '${' has no '}' behind it; write $${ where none is meant");
            }
            filled.append(script, at, open);
            filled.append(value(file, script, open, script.substring(open + 2, close)));
            at = close + 1;
        }
        filled.append(script, at, end);
    }

    private String value(String file, String script, int open, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new ScriptException(
                    where(file, script, open)
                            + ": the variable ${"
                            + name
                            + "} has no value"
                            + NearestName.hint(name, values.keySet())
                            + "; give it one: --set "
                            + name
                            + "=…");
        }
        return value;
    }

    private static String where(String file, String script, int at) {
        return file
                + ", line "
                + (1 + script.substring(0, at).chars().filter(c -> c == '\n').count());
    }
}
