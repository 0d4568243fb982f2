package io.hydrant.delivery.conversion.columnar;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;

import java.util.Arrays;

/**
 * Levels of a column's values on one page. Mostly a value has that of the one before it, so they
 * are counted as long as they stay, and given to the library's encoder together.
 */
final class ColumnLevels {

    private final ValuesWriter encoder;
    private final long[] counts;
    private int last;
    private int again;

    /**
     * Levels of a column.
     *
     * @param encoder writes them
     * @param most the greatest level that there is
     */
    ColumnLevels(ValuesWriter encoder, int most) {
        this.encoder = encoder;
        this.counts = new long[most + 1];
    }

    /** Adds that of the next value. */
    void add(int level) {
        if (level != last) {
            encode();
            last = level;
        }
        again++;
    }

    private void encode() {
        for (int i = 0; i < again; i++) {
            encoder.writeInteger(last);
        }
        counts[last] += again;
        again = 0;
    }

    /** How many values have each level; the array is the caller's. */
    long[] counts() {
        encode();
        return counts.clone();
    }

    /** How many values there are. */
    long count() {
        long all = again;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    /** Bytes that they take so far. */
    long size() {
        encode();
        return encoder.getBufferedSize();
    }

    /** All of them as a page has them. */
    BytesInput bytes() {
        encode();
        return encoder.getBytes();
    }

    /** How they are encoded. */
    Encoding encoding() {
        return encoder.getEncoding();
    }

    /** Begins anew. */
    void begin() {
        encoder.reset();
        Arrays.fill(counts, 0);
        again = 0;
    }

    void close() {
        encoder.close();
    }
}
