package io.hydrant.s3.sink;

import io.hydrant.delivery.conversion.columnar.ColumnarConfig;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * What an open object of rows has beside its buffer: the columns that its rows were written for,
 * the file that they will become, and the rows that are staged already, or kept as they are.
 *
 * <p>In the order of its records are the segments, the buffer's tail, the chunks that are kept and
 * the buffer's raw chunk.
 */
final class RowLog {

    final HiveType.Struct columns;
    final ColumnarConfig file;
    final List<Segment> segments = new ArrayList<>();

    private final Deque<byte[]> kept = new ArrayDeque<>();
    private int keptBytes;

    RowLog(HiveType.Struct columns, ColumnarConfig file) {
        this.columns = columns;
        this.file = file;
    }

    /** Keeps rows as they are: most are written to a file before a checkpoint asks for them. */
    void keep(byte[] chunk) {
        kept.add(chunk);
        keptBytes += chunk.length;
    }

    /** Takes out the first of the chunks that are kept, null where there is none. */
    byte[] takeFirst() {
        byte[] first = kept.poll();
        if (first != null) {
            keptBytes -= first.length;
        }
        return first;
    }

    /** Chunks that are kept, in their order; read only. */
    Collection<byte[]> kept() {
        return Collections.unmodifiableCollection(kept);
    }

    int keptBytes() {
        return keptBytes;
    }

    /** Lets go of the chunks. */
    void forget() {
        kept.clear();
        keptBytes = 0;
    }

    boolean isAllStored() {
        return segments.stream().allMatch(Segment::isStored);
    }

    List<String> keys() {
        return segments.stream().map(segment -> segment.key).toList();
    }
}
