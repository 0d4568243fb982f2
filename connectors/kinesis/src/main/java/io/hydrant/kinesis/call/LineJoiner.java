package io.hydrant.kinesis.call;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes fewer records of many that are lines: neighbours become one as long as it is no larger than
 * so many bytes. A record without a line feed at its end has nothing behind it, for no reader could
 * tell where it ends. Pure.
 */
final class LineJoiner {

    private LineJoiner() {}

    /**
     * Joins them.
     *
     * @param records in their order
     * @param bytes of a joined record at the most; one that is larger already stays as it is
     */
    static List<byte[]> join(List<byte[]> records, int bytes) {
        List<byte[]> joined = new ArrayList<>();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        boolean isOpen = false;
        for (byte[] record : records) {
            if (!isOpen || current.size() + record.length > bytes) {
                add(joined, current);
            }
            current.writeBytes(record);
            isOpen = record.length > 0 && record[record.length - 1] == '\n';
        }
        add(joined, current);
        return joined;
    }

    private static void add(List<byte[]> joined, ByteArrayOutputStream current) {
        if (current.size() > 0) {
            joined.add(current.toByteArray());
            current.reset();
        }
    }
}
