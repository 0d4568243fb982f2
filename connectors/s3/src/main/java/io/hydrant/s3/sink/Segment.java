package io.hydrant.s3.sink;

/**
 * A staged object with rows of an object that is still open: what a restore rebuilds it from, and
 * what its file is written from. Belongs to the subtask's thread.
 */
final class Segment {

    final String key;
    final int length;

    /** The bytes, until the store has them. */
    private byte[] pending;

    private Segment(String key, int length, byte[] pending) {
        this.key = key;
        this.length = length;
        this.pending = pending;
    }

    static Segment begun(String key, byte[] bytes) {
        return new Segment(key, bytes.length, bytes);
    }

    static Segment stored(String key, int length) {
        return new Segment(key, length, null);
    }

    /** The bytes, null once the store has them. */
    byte[] pending() {
        return pending;
    }

    boolean isStored() {
        return pending == null;
    }

    void store() {
        pending = null;
    }
}
