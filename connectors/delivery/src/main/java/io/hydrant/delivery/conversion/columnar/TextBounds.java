package io.hydrant.delivery.conversion.columnar;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

import java.util.Arrays;

/** The least and the greatest text of a page, by their bytes without a sign. */
final class TextBounds {

    private final Bound least = new Bound();
    private final Bound greatest = new Bound();
    private boolean isEmpty = true;

    private static final class Bound {

        private byte[] bytes = new byte[0];
        private int length;

        void set(byte[] source, int offset, int count) {
            if (bytes.length < count) {
                bytes = new byte[Math.max(count, 2 * bytes.length)];
            }
            System.arraycopy(source, offset, bytes, 0, count);
            length = count;
        }

        int compareTo(byte[] other, int offset, int count) {
            return Arrays.compareUnsigned(bytes, 0, length, other, offset, offset + count);
        }

        Binary binary() {
            return Binary.fromConstantByteArray(Arrays.copyOf(bytes, length));
        }
    }

    /** Adds a text, which is copied if it is one of both. */
    void add(byte[] source, int offset, int count) {
        if (isEmpty) {
            isEmpty = false;
            least.set(source, offset, count);
            greatest.set(source, offset, count);
        } else if (least.compareTo(source, offset, count) > 0) {
            least.set(source, offset, count);
        } else if (greatest.compareTo(source, offset, count) < 0) {
            greatest.set(source, offset, count);
        }
    }

    /** Tells statistics of both, if there are any. */
    void tell(Statistics<?> statistics) {
        if (!isEmpty) {
            statistics.updateStats(least.binary());
            statistics.updateStats(greatest.binary());
        }
    }

    /** Begins anew. */
    void begin() {
        isEmpty = true;
    }
}
