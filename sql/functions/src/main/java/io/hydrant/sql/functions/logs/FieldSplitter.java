package io.hydrant.sql.functions.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text at a delimiter that no escape stands before and no quotes stand around.
 *
 * <p>Source: SQL reference, VARIABLE_COLUMN_LOG_PARSE. Between quotes that are the same at both
 * ends, two of them stand for one, as in CSV.
 */
final class FieldSplitter {

    private final String delimiter;
    private final String escape;
    private final int begin;
    private final int end;

    /**
     * A splitter.
     *
     * @param escape what makes the character behind it part of the field; null or empty for nothing
     * @param quotes one character, or one to begin and one to end; null or empty for none
     * @throws IllegalArgumentException with what is wrong
     */
    FieldSplitter(String delimiter, String escape, String quotes) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("the delimiter is empty");
        }
        if (quotes != null && quotes.length() > 2) {
            throw new IllegalArgumentException(
                    "the quotes '%s' are more than a character to begin and one to end"
                            .formatted(quotes));
        }
        boolean quoted = quotes != null && !quotes.isEmpty();
        this.delimiter = delimiter;
        this.escape = escape == null || escape.isEmpty() ? null : escape;
        this.begin = quoted ? quotes.charAt(0) : -1;
        this.end = quoted ? quotes.charAt(quotes.length() - 1) : -1;
    }

    /** The fields, at least one. */
    List<String> split(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (escape != null
                    && text.startsWith(escape, at)
                    && at + escape.length() < text.length()) {
                at += escape.length();
                field.append(text.charAt(at++));
            } else if (quoted && letter == end) {
                quoted = begin == end && at + 1 < text.length() && text.charAt(at + 1) == end;
                if (quoted) {
                    field.append(letter);
                    at++;
                }
                at++;
            } else if (!quoted && letter == begin) {
                quoted = true;
                at++;
            } else if (!quoted && text.startsWith(delimiter, at)) {
                fields.add(field.toString());
                field.setLength(0);
                at += delimiter.length();
            } else {
                field.append(letter);
                at++;
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
