package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;

import java.util.List;

/**
 * An object that takes no more records and waits for the checkpoint that commits it.
 *
 * @param entry what the ledger will say of it; its id is the object's identity
 * @param bucket where it goes
 * @param key under which key
 * @param upload its multipart upload, null if it goes there in one piece
 * @param tail bytes that the committer writes: the whole object, or its last part, or none
 * @param segments keys of its staged segments, which are not needed once it is committed
 * @param place where all of it is staged together with others, else null
 */
record RolledObject(
        LedgerEntry entry,
        String bucket,
        String key,
        MultipartUpload upload,
        byte[] tail,
        List<String> segments,
        Bundle.Place place) {

    /** Whether everything has arrived that a committable would name. */
    boolean isReady() {
        return (upload == null || upload.isAllUploaded())
                && (place == null || !place.bundle().isSealed() || place.bundle().isStored());
    }
}
