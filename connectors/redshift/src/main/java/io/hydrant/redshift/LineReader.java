package io.hydrant.redshift;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Reads the lines of a staged object, and some of them again. */
final class LineReader implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final GrowingBytes line = new GrowingBytes(1024);
    private final Deque<byte[]> again = new ArrayDeque<>();
    private int at;
    private int end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without what ends it, or null where there is none. */
    byte[] next() throws IOException {
        if (!again.isEmpty()) {
            return again.removeFirst();
        }
        line.clear();
        while (true) {
            int begin = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, begin, at - begin);
            if (at < end) {
                at++;
                return line.toByteArray();
            }
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return line.length() == 0 ? null : line.toByteArray();
            }
        }
    }

    /** Gives these lines, the first of them first, before any other. */
    void readAgain(Collection<byte[]> lines) {
        byte[][] array = lines.toArray(new byte[0][]);
        for (int i = array.length - 1; i >= 0; i--) {
            again.addFirst(array[i]);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
