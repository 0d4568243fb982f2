package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.ObjectBuffer;

/** An object that still takes records. Belongs to the subtask's thread. */
final class OpenObject {

    final Group group;
    final ObjectBuffer buffer;

    /** What it has beside the buffer where its records are rows, else null. */
    final RowLog rows;

    /** Processing time of the first record; survives a restore, so the interval hint does, too. */
    final long openedAtMillis;

    private MultipartUpload upload;
    private long namedForMillis = Long.MIN_VALUE;
    private int counted;

    OpenObject(Group group, ObjectBuffer buffer, RowLog rows, long openedAtMillis) {
        this.group = group;
        this.buffer = buffer;
        this.rows = rows;
        this.openedAtMillis = openedAtMillis;
    }

    /** The upload, null while no part was needed. */
    MultipartUpload upload() {
        return upload;
    }

    /** Fixes the name: from now on the object takes no record older than the name says. */
    void attach(MultipartUpload begun) {
        upload = begun;
        namedForMillis = begun.namedForMillis;
    }

    /** Whether the name is fixed and the record too old for it. */
    boolean isTooOld(long arrivalMillis) {
        return arrivalMillis < namedForMillis;
    }

    /** Whether S3's part numbers are nearly used up. */
    boolean isNearlyFull() {
        return upload != null && upload.isNearlyFull();
    }

    /** Bytes of memory that the object takes. */
    int heldBytes() {
        return buffer.heldBytes() + keptBytes();
    }

    /** Bytes that compressing would make less of. */
    int compressibleBytes() {
        return buffer.raw().length() + keptBytes();
    }

    private int keptBytes() {
        return rows == null ? 0 : rows.keptBytes();
    }

    /** By how many bytes of memory the object changed since the last call. */
    int takeChange() {
        int held = heldBytes();
        int change = held - counted;
        counted = held;
        return change;
    }
}
