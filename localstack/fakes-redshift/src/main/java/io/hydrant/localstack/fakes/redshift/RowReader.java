package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.CopyCommand.Compression;
import io.hydrant.localstack.fakes.redshift.CopyCommand.Format;

import com.github.luben.zstd.ZstdInputStream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the rows of files, one after the other. */
final class RowReader {

    private final StagedObjects objects;
    private final CopyCommand copy;
    private final int columns;
    private final JsonColumns json;

    /**
     * Rows for a COPY.
     *
     * @param columns names of the columns that are loaded
     */
    RowReader(StagedObjects objects, CopyCommand copy, List<String> columns)
            throws FakeSqlException, IOException {
        this.objects = objects;
        this.copy = copy;
        this.columns = columns.size();
        this.json = copy.format() == Format.JSON ? JsonColumns.of(copy, columns, objects) : null;
    }

    /** What is done with each row. */
    interface Visitor {

        /** Takes a row; false ends the reading. */
        boolean visit(LoadRow row) throws IOException;
    }

    void read(List<LoadFile> files, Visitor visitor) throws IOException {
        for (LoadFile file : files) {
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(content(file), StandardCharsets.UTF_8))) {
                if (!read(file, lines, visitor)) {
                    return;
                }
            }
        }
    }

    private InputStream content(LoadFile file) throws IOException {
        InputStream stored = objects.open(file.bucket(), file.key());
        if (copy.compression() == Compression.GZIP) {
            return new GZIPInputStream(stored);
        }
        return copy.compression() == Compression.ZSTD
                ? new ZstdInputStream(stored).setContinuous(false)
                : stored;
    }

    private boolean read(LoadFile file, BufferedReader lines, Visitor visitor) throws IOException {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number <= copy.ignoredHeaderLines() || line.isEmpty()) {
                continue;
            }
            LoadRow row;
            if (json != null) {
                row = json.row(file, number, line);
            } else {
                long first = number;
                StringBuilder text = new StringBuilder(line);
                while (copy.format() == Format.CSV && isOpen(text)) {
                    String next = lines.readLine();
                    if (next == null) {
                        break;
                    }
                    number++;
                    text.append('\n').append(next);
                }
                row = fields(file, first, text.toString());
            }
            if (!visitor.visit(row)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOpen(CharSequence text) {
        return text.chars().filter(c -> c == copy.quote()).count() % 2 == 1;
    }

    private LoadRow fields(LoadFile file, long line, String raw) {
        List<String> values = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isCsv = copy.format() == Format.CSV;
        boolean quoted = false;
        boolean wasQuoted = false;
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            if (quoted) {
                if (c != copy.quote()) {
                    field.append(c);
                } else if (at < raw.length() && raw.charAt(at) == copy.quote()) {
                    field.append(c);
                    at++;
                } else {
                    quoted = false;
                }
            } else if (c == copy.delimiter()) {
                values.add(value(field.toString(), wasQuoted));
                field.setLength(0);
                wasQuoted = false;
            } else if (isCsv && c == copy.quote() && field.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (isCsv && wasQuoted) {
                return LoadRow.unreadable(file, line, raw, "Invalid quote formatting for CSV");
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            return LoadRow.unreadable(file, line, raw, "Invalid quote formatting for CSV");
        }
        values.add(value(field.toString(), wasQuoted));
        if (values.size() < columns) {
            return LoadRow.unreadable(file, line, raw, "Delimiter not found");
        }
        if (values.size() > columns) {
            return LoadRow.unreadable(file, line, raw, "Extra column(s) found");
        }
        return new LoadRow(file, line, raw, values, null);
    }

    private String value(String text, boolean wasQuoted) {
        if ((!wasQuoted && text.equals(copy.nullText()))
                || (copy.emptyAsNull() && text.isEmpty())
                || (copy.blanksAsNull() && text.isBlank())) {
            return null;
        }
        return text;
    }
}
