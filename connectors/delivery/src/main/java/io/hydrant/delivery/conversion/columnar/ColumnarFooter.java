package io.hydrant.delivery.conversion.columnar;

import org.apache.orc.impl.ReaderImpl;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what the end of a columnar file says of it, for verification. Pages and stripes are not
 * decoded.
 */
public final class ColumnarFooter {

    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ORC = "ORC".getBytes(StandardCharsets.US_ASCII);

    private ColumnarFooter() {}

    /** The format that the first bytes of a file say, null where it is none of those. */
    public static ColumnarFormat formatOf(byte[] file) {
        if (startsWith(file, PARQUET)) {
            return ColumnarFormat.PARQUET;
        }
        return startsWith(file, ORC) ? ColumnarFormat.ORC : null;
    }

    /**
     * Rows in a file.
     *
     * @throws IOException if it is no whole file of those formats
     */
    public static long rows(byte[] file) throws IOException {
        ColumnarFormat format = formatOf(file);
        if (format == null) {
            throw new IOException("it is neither Parquet nor ORC");
        }
        return switch (format) {
            case PARQUET -> parquetRows(file);
            case ORC -> orcRows(file);
        };
    }

    // What took its place wants a file system, and there are only the bytes.
    @SuppressWarnings("deprecation")
    private static long orcRows(byte[] file) throws IOException {
        try {
            return ReaderImpl.extractFileTail(ByteBuffer.wrap(file), file.length, 0)
                    .getFooter()
                    .getNumberOfRows();
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** Lengths that lead nowhere are met in many ways. */
    private static IOException unreadable(Exception cause) {
        return new IOException("its footer cannot be read", cause);
    }

    private static long parquetRows(byte[] file) throws IOException {
        int magic = file.length - PARQUET.length;
        int lengthAt = magic - Integer.BYTES;
        if (lengthAt < PARQUET.length
                || !Arrays.equals(file, magic, file.length, PARQUET, 0, PARQUET.length)) {
            throw new IOException("its end is missing");
        }
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(lengthAt);
        if (length < 0 || length > lengthAt - PARQUET.length) {
            throw new IOException("its footer is longer than the file");
        }
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(file, lengthAt - length, length))
                    .getNum_rows();
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static boolean startsWith(byte[] file, byte[] magic) {
        return file.length >= magic.length
                && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }
}
