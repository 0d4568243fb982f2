package io.hydrant.s3.sink;

import io.hydrant.s3.store.UploadedPart;

/** A part on its way to the store, or there already. Belongs to the subtask's thread. */
final class PartUpload {

    final int number;
    final int length;

    /** The bytes, until the store has them. */
    private byte[] pending;

    private String etag;

    private PartUpload(int number, int length, byte[] pending, String etag) {
        this.number = number;
        this.length = length;
        this.pending = pending;
        this.etag = etag;
    }

    static PartUpload started(int number, byte[] bytes, int length) {
        return new PartUpload(number, length, bytes, null);
    }

    static PartUpload done(UploadedPart part) {
        return new PartUpload(part.number(), part.length(), null, part.etag());
    }

    boolean isDone() {
        return etag != null;
    }

    byte[] pending() {
        return pending;
    }

    void finish(String storeTag) {
        etag = storeTag;
        pending = null;
    }

    UploadedPart uploaded() {
        return new UploadedPart(number, etag, length);
    }
}
