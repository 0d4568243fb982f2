package io.hydrant.s3.store;

/**
 * A multipart upload that is neither completed nor aborted, as a listing shows it.
 *
 * @param key key of the object that it would become
 * @param uploadId the store's id
 * @param initiatedMillis when it was begun, milliseconds since the epoch
 */
public record ListedUpload(String key, String uploadId, long initiatedMillis) {}
