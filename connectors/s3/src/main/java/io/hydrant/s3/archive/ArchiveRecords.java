package io.hydrant.s3.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts the content of an object into records, without holding more of it than one record.
 *
 * <p>JSON values are told apart by their braces and quotes alone; whether what is in between is
 * JSON is for the rooms behind to judge.
 */
final class ArchiveRecords implements Closeable {

    private static final int BUFFER = 64 * 1024;
    private static final int LEADING_SPACE = 1024;
    private static final int END = -1;

    private final InputStream in;
    private final int maxRecordSize;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private ArchiveFormat format;

    /** Records of a content, which is closed with this. */
    ArchiveRecords(InputStream content, ArchiveFormat format, int maxRecordSize) {
        this.in = new BufferedInputStream(content, BUFFER);
        this.format = format;
        this.maxRecordSize = maxRecordSize;
    }

    /**
     * The next record, null behind the last one.
     *
     * @throws UnreadableArchiveException if it is too large
     */
    byte[] next() throws IOException {
        record.reset();
        if (format == ArchiveFormat.AUTO) {
            format = begins();
        }
        if (format == ArchiveFormat.LINES) {
            return nextLine();
        }
        int first = skipWhiteSpace();
        return first == END ? null : nextValue(first);
    }

    private ArchiveFormat begins() throws IOException {
        in.mark(LEADING_SPACE);
        int b = in.read();
        for (int i = 1; i < LEADING_SPACE && isWhiteSpace(b); i++) {
            b = in.read();
        }
        in.reset();
        return b == '{' ? ArchiveFormat.JSON : ArchiveFormat.LINES;
    }

    private static boolean isWhiteSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private byte[] nextLine() throws IOException {
        while (true) {
            int b = in.read();
            if (b == END) {
                return null;
            }
            if (b != '\n' && b != '\r') {
                take(b);
                return restOfLine();
            }
        }
    }

    private byte[] restOfLine() throws IOException {
        for (int b = in.read(); b != END && b != '\n'; b = in.read()) {
            take(b);
        }
        byte[] line = record.toByteArray();
        return line[line.length - 1] == '\r'
                ? java.util.Arrays.copyOf(line, line.length - 1)
                : line;
    }

    /** The first byte that is none, or the end. */
    private int skipWhiteSpace() throws IOException {
        int b = in.read();
        while (isWhiteSpace(b)) {
            b = in.read();
        }
        return b;
    }

    private byte[] nextValue(int first) throws IOException {
        take(first);
        if (first == '{' || first == '[') {
            restOfNested();
        } else if (first == '"') {
            restOfText();
        } else {
            restOfWord();
        }
        return record.toByteArray();
    }

    private void restOfNested() throws IOException {
        for (int depth = 1; depth > 0; ) {
            int b = in.read();
            if (b == END) {
                return;
            }
            take(b);
            switch (b) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> restOfText();
                default -> {
                    // Part of the value.
                }
            }
        }
    }

    private void restOfText() throws IOException {
        for (int b = in.read(); b != END; b = in.read()) {
            take(b);
            if (b == '"') {
                return;
            }
            if (b == '\\') {
                int escaped = in.read();
                if (escaped != END) {
                    take(escaped);
                }
            }
        }
    }

    /** A number, a truth or what is no JSON: up to white space or a brace. */
    private void restOfWord() throws IOException {
        while (true) {
            in.mark(1);
            int b = in.read();
            if (b == END || isWhiteSpace(b)) {
                return;
            }
            if (b == '{' || b == '[') {
                in.reset();
                return;
            }
            take(b);
        }
    }

    private void take(int b) throws UnreadableArchiveException {
        if (record.size() == maxRecordSize) {
            throw new UnreadableArchiveException(
                    "it holds a record of more than "
                            + maxRecordSize
                            + " bytes ("
                            + ArchiveOptions.MAX_RECORD_SIZE.key()
                            + ")",
                    null);
        }
        record.write(b);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
