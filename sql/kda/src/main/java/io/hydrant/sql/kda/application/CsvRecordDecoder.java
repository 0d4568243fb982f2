package io.hydrant.sql.kda.application;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes records that are rows of delimited fields, such as CSV.
 *
 * <p>Columns take the fields in order. Further fields are passed over, missing and empty ones are
 * null. A field may stand in double quotes, then delimiters in it mean nothing, {@code ""} is one
 * quote and nothing is trimmed; blanks around other fields are no part of them.
 */
final class CsvRecordDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    private final String rowDelimiter;
    private final String columnDelimiter;
    private final String[] names;
    private final Coercion[] coercions;

    CsvRecordDecoder(List<RecordColumn> columns, RecordFormat.Csv format) {
        rowDelimiter = format.rowDelimiter();
        columnDelimiter = format.columnDelimiter();
        names = columns.stream().map(RecordColumn::name).toArray(String[]::new);
        coercions =
                columns.stream()
                        .map(column -> new Coercion(column.type()))
                        .toArray(Coercion[]::new);
    }

    @Override
    public void decode(byte[] bytes, int offset, int length, Rows rows) {
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, offset, length))
                            .toString();
        } catch (CharacterCodingException e) {
            rows.error(new DecodingError(DecodingError.PARSE, "The record is not UTF-8"));
            return;
        }
        int found = 0;
        int at = 0;
        while (at < text.length()) {
            List<String> fields = new ArrayList<>(names.length);
            at = readRow(text, at, fields);
            if (fields.size() > 1 || fields.get(0) != null) {
                found++;
                emit(fields, rows);
            }
        }
        if (found == 0) {
            rows.error(new DecodingError(DecodingError.PARSE, "The record is empty"));
        }
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

    private void emit(List<String> fields, Rows rows) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length && i < fields.size(); i++) {
            if (fields.get(i) != null) {
                try {
                    values[i] = coercions[i].ofText(fields.get(i));
                } catch (Coercion.Refused e) {
                    rows.error(
                            new DecodingError(
                                    DecodingError.COERCION,
                                    "Column " + names[i] + ": " + e.getMessage()));
                    return;
                }
            }
        }
        rows.row(values);
    }
}
