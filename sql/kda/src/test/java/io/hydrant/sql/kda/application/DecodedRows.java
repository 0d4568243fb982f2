package io.hydrant.sql.kda.application;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what a decoder hands on: rows as lists, errors as their text. */
final class DecodedRows implements RecordDecoder.Rows {

    private final List<List<Object>> rows = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    static DecodedRows of(RecordDecoder decoder, String record) {
        return of(decoder, record.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes the record from the middle of a larger array, as records arrive. */
    static DecodedRows of(RecordDecoder decoder, byte[] record) {
        byte[] bytes = new byte[record.length + 5];
        Arrays.fill(bytes, (byte) '}');
        System.arraycopy(record, 0, bytes, 3, record.length);
        DecodedRows decoded = new DecodedRows();
        decoder.decode(bytes, 3, record.length, decoded);
        return decoded;
    }

    @Override
    public void row(Object[] values) {
        rows.add(Arrays.asList(values));
    }

    @Override
    public void error(DecodingError error) {
        errors.add(error.name() + " " + error.message());
    }

    List<List<Object>> rows() {
        return rows;
    }

    List<String> errors() {
        return errors;
    }
}
