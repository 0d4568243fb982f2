package io.hydrant.sql.functions.text;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code KDA_INITCAP(text)}: each word with a first letter in upper case and the others in lower
 * case. Words are what stands between spaces; Flink's INITCAP begins one behind every character
 * that is no letter or digit of ASCII.
 *
 * <p>Source: SQL reference, INITCAP: "each space-delimited word".
 */
public final class InitialCapitals extends ScalarFunction {

    private static final long serialVersionUID = 1;

    /** Null where there is no text. */
    public String eval(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder capitals = new StringBuilder(text.length());
        boolean first = true;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            capitals.appendCodePoint(
                    first ? Character.toUpperCase(character) : Character.toLowerCase(character));
            first = character == ' ';
            at += Character.charCount(character);
        }
        return capitals.toString();
    }
}
