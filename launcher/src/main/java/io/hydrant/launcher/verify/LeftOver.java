package io.hydrant.launcher.verify;

/**
 * Something that a delivery has begun in the store and not ended.
 *
 * @param key its key, of an upload that of the object it would become
 * @param uploadId the store's id of a multipart upload, null where it is a staged segment of rows
 * @param madeMillis when it was begun, in milliseconds since the epoch
 */
record LeftOver(String key, String uploadId, long madeMillis) {

    boolean isSegment() {
        return uploadId == null;
    }

    /** What a checkpoint that needs it calls it. */
    String name() {
        return isSegment() ? key : uploadId;
    }
}
