package io.hydrant.jobs.ingest.tail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** One content of a file while it is read: how far, and the open file. */
final class Tail implements Closeable {

    private static final int NAME_BYTES = 16;
    private static final int LONGEST_LINE_IN_NAME = 1024;

    private String key;
    private String name;
    private final int generation;
    private String producer;
    private final long start;
    private long offset;
    private long number;
    private int headerLines;
    private boolean skipping;
    private boolean ended;
    private long cut;
    private FileMark head;
    private FileMark earlier;
    private FileMark anchor;

    /** Whether the record that nothing followed may go; its end is in a completed checkpoint. */
    private boolean cutConfirmed;

    private long cutCheckpoint;

    /** Behind the last whole line that was seen, where that is not passed on yet. */
    private long wholeLines;

    /** The size at the last look behind which there was no whole record. */
    private long seenSize = -1;

    private ListedFile listed;
    private FileChannel channel;
    private long grownMillis;
    private long dueMillis;
    private long goneSinceMillis = -1;
    private boolean dropped;

    Tail(TrackedFile from, long nowMillis) {
        key = from.key();
        name = from.name();
        generation = from.generation();
        producer = from.producer();
        start = from.start();
        offset = from.offset();
        number = from.number();
        headerLines = from.headerLines();
        skipping = from.skipping();
        ended = from.ended();
        cut = from.cut();
        cutConfirmed = cut >= 0;
        head = from.head();
        earlier = from.earlier();
        anchor = from.anchor();
        grownMillis = nowMillis;
        dueMillis = nowMillis;
    }

    TrackedFile snapshot() {
        return new TrackedFile(
                key,
                name,
                generation,
                producer,
                start,
                offset,
                number,
                headerLines,
                skipping,
                ended,
                cut,
                head,
                earlier,
                anchor);
    }

    String key() {
        return key;
    }

    String name() {
        return name;
    }

    int generation() {
        return generation;
    }

    long offset() {
        return offset;
    }

    boolean skipping() {
        return skipping;
    }

    boolean ended() {
        return ended;
    }

    int headerLines() {
        return headerLines;
    }

    FileMark head() {
        return head;
    }

    FileMark anchor() {
        return anchor;
    }

    FileChannel channel() {
        return channel;
    }

    long dueMillis() {
        return dueMillis;
    }

    long grownMillis() {
        return grownMillis;
    }

    long goneSinceMillis() {
        return goneSinceMillis;
    }

    boolean dropped() {
        return dropped;
    }

    /** Where reading has to stop for now. */
    long readable(long size) {
        if (ended) {
            return offset;
        }
        return cut < 0 ? size : Math.min(size, cut);
    }

    /** Whether what ends at that place is a whole record, though nothing follows it. */
    boolean endsAt(long place) {
        return place == cut && cutConfirmed;
    }

    void opened(FileChannel opened) {
        channel = opened;
    }

    void renamed(String now) {
        name = now;
    }

    /** The content is in another file, which may lack its last bytes. */
    void movedTo(ListedFile file) throws IOException {
        close();
        key = file.key();
        name = file.name();
        if (file.size() < offset) {
            offset = file.size();
            anchor = FileMark.NONE;
            cut = -1;
        }
        seenSize = -1;
        listed = null;
    }

    void goneAt(long nowMillis) {
        if (goneSinceMillis < 0) {
            goneSinceMillis = nowMillis;
        }
    }

    void foundAgain() {
        goneSinceMillis = -1;
    }

    void dropped(boolean is) {
        dropped = is;
    }

    void grown(long nowMillis) {
        grownMillis = nowMillis;
    }

    void dueAt(long millis) {
        dueMillis = millis;
    }

    void headSeen(FileMark mark) {
        head = mark;
    }

    /** The bytes before the offset, as far as they are in a buffer that began at the anchor. */
    void anchored(byte[] buffer, long bufferStart) {
        int length = (int) (offset - bufferStart);
        if (length > 0) {
            FileMark before =
                    anchor.end() == bufferStart ? anchor : new FileMark(bufferStart, new byte[0]);
            earlier = anchor;
            anchor = before.followedBy(buffer, length);
        }
    }

    void headerLeftOut(int bytes, boolean wholeLine) {
        offset += bytes;
        if (wholeLine) {
            headerLines--;
        }
    }

    void footerFound() {
        ended = true;
    }

    void skipped(int bytes, boolean all) {
        offset += bytes;
        skipping = !all;
    }

    /** A record was longer than may be; what follows of it is left out. */
    void runaway() {
        skipping = true;
    }

    /** Passes a record on, and gives it its number. */
    LogRecord pass(byte[] data, String lineage) {
        if (producer == null) {
            producer = producerName(lineage, data);
        }
        offset += data.length;
        if (offset >= cut) {
            cut = -1;
        }
        return new LogRecord(producer, number++, data);
    }

    void wholeLinesUpTo(long place) {
        wholeLines = place;
    }

    /** Decides where the record ends that nothing has followed for a while. */
    void cutIfQuietSince(long millis, long checkpoint) {
        if (cut < 0 && wholeLines > offset && grownMillis <= millis && !skipping && !ended) {
            cut = wholeLines;
            cutConfirmed = false;
            cutCheckpoint = checkpoint;
        }
    }

    /** Ends the last record there at once. */
    void cutAt(long place) {
        cut = place;
        cutConfirmed = true;
        seenSize = -1;
    }

    /** A checkpoint has the cut: whoever reads the file again will find the record end there. */
    boolean confirmCut(long checkpoint) {
        boolean now = cut >= 0 && !cutConfirmed && checkpoint >= cutCheckpoint;
        if (now) {
            cutAt(cut);
        }
        return now;
    }

    long seenSize() {
        return seenSize;
    }

    void seen(long size) {
        seenSize = size;
    }

    /** How the directory showed the file when its content was last found to be this one. */
    ListedFile listed() {
        return listed;
    }

    void listed(ListedFile file) {
        listed = file;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /**
     * A name that the same content gets again when it is found again after a restore, and no other
     * content gets: one with the same key has another generation, or else begins with another line.
     */
    private String producerName(String lineage, byte[] first) {
        int line = RecordSplitter.lineEnd(first, 0, Math.min(first.length, LONGEST_LINE_IN_NAME));
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        String place = String.join("\n", lineage, key, generation + "", start + "", "");
        digest.update(place.getBytes(StandardCharsets.UTF_8));
        digest.update(first, 0, line < 0 ? Math.min(first.length, LONGEST_LINE_IN_NAME) : line);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(digest.digest(), NAME_BYTES));
    }
}
