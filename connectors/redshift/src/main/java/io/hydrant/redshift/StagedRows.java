package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of staged objects as a stream; of an object no more than a row is held in memory.
 *
 * <p>A row of CSV whose quotes do not close is the line where it begins, and reading goes on behind
 * that: one such record does not take those behind it along.
 */
final class StagedRows {

    /** The longest row of several lines, so that no open quote fills the memory. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private final Objects objects;
    private final S3Calls calls;
    private final Compression compression;
    private final RowFormat format;
    private final RowValues values;
    private final JsonFields json;
    private final List<TableColumn> columns;
    private final CharsetDecoder utf8;

    StagedRows(
            Objects objects,
            S3Calls calls,
            Compression compression,
            RowFormat format,
            List<TableColumn> columns) {
        this.objects = objects;
        this.calls = calls;
        this.compression = compression;
        this.format = format;
        this.values = new RowValues(format);
        this.json = new JsonFields(format);
        this.columns = List.copyOf(columns);
        this.utf8 = decoder(format.replacement());
    }

    private static CharsetDecoder decoder(String replacement) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return replacement == null
                ? decoder.onMalformedInput(CodingErrorAction.REPORT)
                : decoder.onMalformedInput(CodingErrorAction.REPLACE).replaceWith(replacement);
    }

    /** Where objects are. */
    interface Objects {

        InputStream get(String bucket, String key);
    }

    /** Takes rows. */
    interface Visitor {

        void visit(StagedRow row) throws SQLException;
    }

    /**
     * Gives all rows of the files, in their order.
     *
     * @throws LoadException to be tried again, if a file cannot be read to its end
     * @throws IOException if S3 fails for good
     */
    void forEach(List<StagedFile> files, Visitor visitor)
            throws SQLException, IOException, InterruptedException {
        for (StagedFile file : files) {
            InputStream stored =
                    calls.call(
                            S3Action.GET,
                            file.bucket(),
                            file.key(),
                            () -> objects.get(file.bucket(), file.key()));
            try (stored;
                    LineReader lines = new LineReader(Decompression.of(stored, compression))) {
                forEach(file, lines, visitor);
            } catch (IOException e) {
                throw new LoadException(
                        Outcome.RETRY,
                        file.url() + " could not be read to its end: " + e.getMessage(),
                        e);
            }
        }
    }

    private void forEach(StagedFile file, LineReader lines, Visitor visitor)
            throws SQLException, IOException {
        long number = 1;
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (number <= format.headerLines() || isNone(line)) {
                number++;
                continue;
            }
            StagedRow row = row(file, number, line, lines);
            number += row.lines();
            visitor.visit(row);
        }
    }

    /** JSON may have blanks between objects. */
    private boolean isNone(byte[] line) {
        boolean isJson =
                format.shape() == RowFormat.Shape.JSON
                        || format.shape() == RowFormat.Shape.WHOLE_JSON;
        if (!isJson && !format.skipsBlankLines()) {
            return false;
        }
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private StagedRow row(StagedFile file, long number, byte[] line, LineReader lines)
            throws IOException {
        List<byte[]> more = new ArrayList<>();
        try {
            List<String> read =
                    switch (format.shape()) {
                        case JSON -> json.of(text(line), columns);
                        case WHOLE_JSON -> List.of(text(line));
                        case DELIMITED, CSV -> fields(line, lines, more);
                    };
            return new StagedRow(file, number, 1 + more.size(), read, null);
        } catch (BadRowException e) {
            lines.readAgain(more);
            return new StagedRow(file, number, 1, null, e.getMessage());
        }
    }

    private List<String> fields(byte[] first, LineReader lines, List<byte[]> more)
            throws IOException, BadRowException {
        DelimitedFields fields = new DelimitedFields(format);
        boolean isOpen = fields.read(text(first));
        for (long length = first.length; isOpen; ) {
            byte[] next = length > LONGEST ? null : lines.next();
            if (next == null) {
                throw new BadRowException("A field does not end where the row does");
            }
            more.add(next);
            length += next.length;
            isOpen = fields.read('\n' + text(next));
        }
        List<String> row = fields.of(columns);
        for (int i = 0; i < row.size(); i++) {
            String field = row.get(i);
            row.set(i, field == null ? null : values.of(columns.get(i), field));
        }
        return row;
    }

    private String text(byte[] line) throws BadRowException {
        int length = line.length;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        try {
            return utf8.decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new BadRowException("It is not UTF-8 (ACCEPTINVCHARS)");
        }
    }
}
