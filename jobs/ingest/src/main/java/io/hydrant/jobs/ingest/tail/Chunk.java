package io.hydrant.jobs.ingest.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A piece of one file in memory, and the records in it. One buffer does for all files of a flow:
 * what is no whole record yet stays in its file and is read again when that has grown.
 */
final class Chunk {

    private static final int FIRST_BYTES = 256 * 1024;

    /** What a look at a file found. */
    enum Found {
        /** Bytes that were not looked at before. */
        DATA,
        /** No more than before. */
        NOTHING,
        /** Another content. */
        CHANGED
    }

    private final RecordSplitter splitter;
    private final Pattern footer;
    private final int most;
    private final String lineage;
    private final TailCounters counters;

    private byte[] buffer;
    private Tail tail;
    private long base;
    private int position;
    private int limit;
    private long size;
    private boolean moreAtOnce;

    Chunk(TailConfig config, String lineage, TailCounters counters) {
        this.splitter = new RecordSplitter(config.recordStart());
        this.footer = config.footer();
        this.most = config.bufferBytes();
        this.lineage = lineage;
        this.counters = counters;
        this.buffer = new byte[Math.min(most, FIRST_BYTES)];
    }

    /** Reads on in a file. */
    Found fill(Tail from, FileChannel channel, long nowMillis) throws IOException {
        size = channel.size();
        if (size < from.offset()) {
            return Found.CHANGED;
        }
        int length = (int) Math.min(buffer.length, from.readable(size) - from.offset());
        if (length <= 0 || size == from.seenSize()) {
            return Found.NOTHING;
        }
        from.grown(nowMillis);
        int read = WatchedDirectory.read(channel, from.offset(), buffer, length);
        // Behind the reading: were the file truncated before, its new bytes would show here.
        if (!isStillThere(from, channel)) {
            return Found.CHANGED;
        }
        counters.bytes += read;
        tail = from;
        base = from.offset();
        position = 0;
        limit = read;
        moreAtOnce = false;
        return Found.DATA;
    }

    /** The next record, or null where the rest is none yet. */
    LogRecord next() {
        while (position < limit) {
            if (tail.headerLines() > 0) {
                if (!leaveOutHeaderLine()) {
                    return null;
                }
            } else if (tail.skipping()) {
                if (!skip()) {
                    return null;
                }
            } else {
                return nextWhole();
            }
        }
        moreAtOnce = limit == buffer.length;
        return null;
    }

    /** Ends the chunk; whether the file should be read on at once. */
    boolean finish() {
        tail.anchored(buffer, base);
        // Behind the end of a record that nothing followed there may be more by now.
        boolean more =
                moreAtOnce
                        || (!tail.ended() && tail.offset() == base + limit && base + limit < size);
        if (!more) {
            tail.seen(size);
        }
        tail = null;
        return more;
    }

    private LogRecord nextWhole() {
        int end = splitter.end(buffer, position, limit);
        boolean runaway = false;
        if (end < 0 && tail.endsAt(base + limit)) {
            end = limit;
        }
        if (end < 0) {
            runaway = isFullOfOne() && buffer.length == most;
            if (!runaway) {
                noteTheRest();
                return null;
            }
            end = limit;
        }
        byte[] data = Arrays.copyOfRange(buffer, position, end);
        if (footer != null && isFooter(data)) {
            tail.footerFound();
            limit = position;
            return null;
        }
        position = end;
        LogRecord record = tail.pass(data, lineage);
        if (runaway) {
            counters.runawayRecords++;
            tail.runaway();
        }
        return record;
    }

    private void noteTheRest() {
        if (isFullOfOne()) {
            buffer = new byte[(int) Math.min(most, 2L * buffer.length)];
            limit = 0;
            moreAtOnce = true;
            return;
        }
        moreAtOnce = limit == buffer.length;
        int whole = -1;
        if (splitter.isMultiLine()) {
            for (int i = limit; i > position && whole < 0; i--) {
                whole = buffer[i - 1] == '\n' ? i : -1;
            }
        }
        tail.wholeLinesUpTo(base + whole);
    }

    private boolean isFullOfOne() {
        return position == 0 && limit == buffer.length;
    }

    private boolean leaveOutHeaderLine() {
        int end = RecordSplitter.lineEnd(buffer, position, limit);
        boolean tooLong = end < 0 && isFullOfOne();
        if (end < 0 && !tooLong) {
            moreAtOnce = limit == buffer.length;
            return false;
        }
        int to = tooLong ? limit : end;
        tail.headerLeftOut(to - position, !tooLong);
        position = to;
        return true;
    }

    private boolean skip() {
        int end = splitter.end(buffer, position, limit);
        int to = end >= 0 ? end : splitter.skip(buffer, position, limit);
        if (to == position && isFullOfOne()) {
            to = limit;
        }
        boolean stuck = to == position;
        counters.discardedBytes += to - position;
        tail.skipped(to - position, end >= 0);
        position = to;
        if (stuck) {
            moreAtOnce = limit == buffer.length;
        }
        return !stuck;
    }

    private boolean isFooter(byte[] data) {
        return footer.matcher(new String(data, StandardCharsets.UTF_8).trim()).matches();
    }

    private boolean isStillThere(Tail from, FileChannel channel) throws IOException {
        FileMark head = from.head();
        if (!WatchedDirectory.has(channel, from.anchor())) {
            return false;
        }
        if (head.bytes().length == FileMark.HEAD && !from.anchor().isEmpty()) {
            return true;
        }
        if (!WatchedDirectory.has(channel, head)) {
            return false;
        }
        if (head.bytes().length < FileMark.HEAD) {
            from.headSeen(new FileMark(0, WatchedDirectory.read(channel, 0, FileMark.HEAD)));
        }
        return true;
    }
}
