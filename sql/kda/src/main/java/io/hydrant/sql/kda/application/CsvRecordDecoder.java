package io.hydrant.sql.kda.application;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Decodes records that are rows of delimited fields, such as CSV.
 *
 * <p>Columns take the fields in order. Further fields are passed over, missing and empty ones are
 * null.
 */
final class CsvRecordDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    private final DelimitedText delimited;
    private final String[] names;
    private final Coercion[] coercions;

    CsvRecordDecoder(List<RecordColumn> columns, RecordFormat.Csv format) {
        delimited = new DelimitedText(format);
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
        List<List<String>> found = delimited.rows(text);
        found.forEach(fields -> emit(fields, rows));
        if (found.isEmpty()) {
            rows.error(new DecodingError(DecodingError.PARSE, "The record is empty"));
        }
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
