package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into rows and fields.
 *
 * <p>A field may stand in double quotes: then delimiters in it mean nothing, {@code ""} is one
 * quote and nothing is trimmed. Blanks around other fields are no part of them, and an empty one is
 * null. Rows without a field are passed over.
 */
public final class DelimitedText implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String rowDelimiter;
    private final String columnDelimiter;

    /** Cuts as a record format says. */
    public DelimitedText(RecordFormat.Csv format) {
        rowDelimiter = format.rowDelimiter();
        columnDelimiter = format.columnDelimiter();
    }

    /** The fields of each row, in the text's order. */
    public List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            List<String> fields = new ArrayList<>();
            at = readRow(text, at, fields);
            if (fields.size() > 1 || fields.get(0) != null) {
                rows.add(fields);
            }
        }
        return rows;
    }

    /** Adds the fields of the row that begins there; says where the next one begins. */
    private int readRow(String text, int from, List<String> fields) {
        int at = from;
        while (true) {
            StringBuilder field = new StringBuilder();
            at = readField(text, at, field, fields);
            if (at >= text.length()) {
                return at;
            }
            if (text.startsWith(rowDelimiter, at)) {
                return at + rowDelimiter.length();
            }
            at += columnDelimiter.length();
            if (at >= text.length()) {
                fields.add(null);
                return at;
            }
        }
    }

    /** Adds the field that begins there; says where its delimiter stands. */
    private int readField(String text, int from, StringBuilder field, List<String> fields) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ' && !isDelimiter(text, at)) {
            at++;
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"' && !isDelimiter(text, at);
        if (quoted) {
            at++;
            while (at < text.length()) {
                if (text.charAt(at) != '"') {
                    field.append(text.charAt(at++));
                } else if (text.startsWith("\"\"", at)) {
                    field.append('"');
                    at += 2;
                } else {
                    at++;
                    break;
                }
            }
        }
        int rest = at;
        while (at < text.length() && !isDelimiter(text, at)) {
            at++;
        }
        if (quoted) {
            fields.add(field.append(text.substring(rest, at).trim()).toString());
        } else {
            String plain = text.substring(rest, at).trim();
            fields.add(plain.isEmpty() ? null : plain);
        }
        return at;
    }

    private boolean isDelimiter(String text, int at) {
        return text.startsWith(columnDelimiter, at) || text.startsWith(rowDelimiter, at);
    }
}
