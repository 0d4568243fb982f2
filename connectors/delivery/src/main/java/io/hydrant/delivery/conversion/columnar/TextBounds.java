package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

import java.util.Arrays;

/** The least and the greatest text of a page, by their bytes without a sign. */
final class TextBounds {

    private final GrowingBytes least = new GrowingBytes(0);
    private final GrowingBytes greatest = new GrowingBytes(0);
    private boolean isEmpty = true;

    /** Adds a text, which is copied if it is one of both. */
    void add(byte[] source, int offset, int count) {
        if (isEmpty) {
            isEmpty = false;
            set(least, source, offset, count);
            set(greatest, source, offset, count);
        } else if (compare(least, source, offset, count) > 0) {
            set(least, source, offset, count);
        } else if (compare(greatest, source, offset, count) < 0) {
            set(greatest, source, offset, count);
        }
    }

    private static void set(GrowingBytes bound, byte[] source, int offset, int count) {
        bound.clear();
        bound.write(source, offset, count);
    }

    private static int compare(GrowingBytes bound, byte[] other, int offset, int count) {
        return Arrays.compareUnsigned(
                bound.array(), 0, bound.length(), other, offset, offset + count);
    }

    /** Tells statistics of both, if there are any. */
    void tell(Statistics<?> statistics) {
        if (!isEmpty) {
            statistics.updateStats(Binary.fromConstantByteArray(least.toByteArray()));
            statistics.updateStats(Binary.fromConstantByteArray(greatest.toByteArray()));
        }
    }

    /** Begins anew. */
    void begin() {
        isEmpty = true;
    }
}
