package io.hydrant.s3.sink;

import io.hydrant.s3.store.UploadedPart;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The multipart upload behind an open object: its name, which is fixed from here on, and its parts.
 *
 * <p>Belongs to the subtask's thread, except for the upload id, which whichever upload thread comes
 * first asks the store for.
 */
final class MultipartUpload {

    final String bucket;
    final String key;
    final UUID id;

    /** Arrival of the record that the key shows as the oldest. */
    final long namedForMillis;

    private final List<PartUpload> parts = new ArrayList<>();
    private int nextNumber;
    private int missing;
    private volatile String uploadId;

    /**
     * An upload that begins, or goes on after a restore.
     *
     * @param uploadId the store's id, null if it was not begun
     * @param firstNumber number of the next part
     */
    MultipartUpload(
            String bucket,
            String key,
            UUID id,
            long namedForMillis,
            String uploadId,
            int firstNumber) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
        this.namedForMillis = namedForMillis;
        this.uploadId = uploadId;
        this.nextNumber = firstNumber;
    }

    /** The store's id, null until the first part is on its way. */
    String uploadId() {
        return uploadId;
    }

    void begun(String storeId) {
        uploadId = storeId;
    }

    PartUpload startPart(byte[] bytes, int length) {
        PartUpload part = PartUpload.started(nextNumber++, bytes, length);
        parts.add(part);
        missing++;
        return part;
    }

    void restorePart(PartUpload part) {
        parts.add(part);
        if (!part.isDone()) {
            missing++;
        }
    }

    void finishPart(PartUpload part, String etag) {
        part.finish(etag);
        missing--;
    }

    boolean isAllUploaded() {
        return missing == 0;
    }

    /** Whether S3's last part numbers are near, one of which the tail will need. */
    boolean isNearlyFull() {
        return nextNumber >= UploadedPart.MAX_NUMBER - 1;
    }

    int nextNumber() {
        return nextNumber;
    }

    /** Whether the store knows of it, or will once a part has arrived. */
    boolean isBegun() {
        return uploadId != null || !parts.isEmpty();
    }

    /** The parts in the order of the object's bytes. */
    List<PartUpload> parts() {
        return parts;
    }

    List<UploadedPart> uploadedParts() {
        return parts.stream().map(PartUpload::uploaded).toList();
    }
}
