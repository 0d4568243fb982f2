package io.hydrant.jobs.ingest.tail;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Says where records end, from the bytes alone, so that a file that is read again falls into the
 * same records.
 *
 * <p>Source: Kinesis Agent's developer guide, {@code multiLineStartPattern}, and the agent's
 * behaviour: the pattern is looked for at the beginning of a line, and a record has its line feed.
 * Pure.
 */
final class RecordSplitter implements Serializable {

    private static final long serialVersionUID = 1L;

    /** At the beginning of the first line of a record; null where each line is one. */
    private final Pattern start;

    RecordSplitter(Pattern start) {
        this.start = start;
    }

    /** Whether a record may end in front of a line that was not written yet. */
    boolean isMultiLine() {
        return start != null;
    }

    /**
     * The end of the record that begins at {@code from}: the place behind it, or -1 where it is not
     * known yet.
     */
    int end(byte[] bytes, int from, int limit) {
        int line = lineEnd(bytes, from, limit);
        if (start == null || line < 0) {
            return line;
        }
        for (int next = lineEnd(bytes, line, limit);
                next >= 0;
                next = lineEnd(bytes, line, limit)) {
            if (begins(bytes, line, next)) {
                return line;
            }
            line = next;
        }
        return -1;
    }

    /**
     * Up to where the rest of a record whose end is not known yet may be left out. The last whole
     * line stays, so that the line behind it still is seen as another one.
     */
    int skip(byte[] bytes, int from, int limit) {
        if (start == null) {
            return limit;
        }
        int line = lineEnd(bytes, from, limit);
        if (line < 0) {
            return limit;
        }
        int last = from;
        for (int next = lineEnd(bytes, line, limit);
                next >= 0;
                next = lineEnd(bytes, next, limit)) {
            last = line;
            line = next;
        }
        return last;
    }

    private boolean begins(byte[] bytes, int from, int to) {
        return start.matcher(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .lookingAt();
    }

    /** The place behind the next line feed, or -1. */
    static int lineEnd(byte[] bytes, int from, int limit) {
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
