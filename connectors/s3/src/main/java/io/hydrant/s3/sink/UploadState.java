package io.hydrant.s3.sink;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What a checkpoint keeps of a multipart upload.
 *
 * @param bucket its bucket
 * @param key its key
 * @param id identity of the object
 * @param namedForMillis arrival that the key shows
 * @param uploadId the store's id, null if the store had not answered yet
 * @param parts its parts in order
 */
record UploadState(
        String bucket,
        String key,
        UUID id,
        long namedForMillis,
        String uploadId,
        List<Part> parts) {

    UploadState {
        parts = List.copyOf(parts);
    }

    /**
     * A part: either one that the store has, or the bytes of one that was on its way.
     *
     * @param number its part number
     * @param length its size in bytes
     * @param etag the store's tag, null while it was on its way
     * @param pending the bytes, null once the store has them
     */
    record Part(int number, int length, String etag, byte[] pending) {

        Part {
            if ((etag == null) == (pending == null)) {
                throw new IllegalArgumentException("A part is either uploaded or pending");
            }
        }

        private static Part of(PartUpload part) {
            return part.isDone()
                    ? new Part(part.number, part.length, part.uploaded().etag(), null)
                    : new Part(
                            part.number,
                            part.length,
                            null,
                            Arrays.copyOf(part.pending(), part.length));
        }
    }

    /** The name of an object without an upload, in the form of one. */
    static UploadState notBegun(RolledObject object) {
        return new UploadState(
                object.bucket(),
                object.key(),
                object.entry().id(),
                object.entry().oldestArrivalMillis(),
                null,
                List.of());
    }

    /** The state of an upload, null for none. */
    static UploadState of(MultipartUpload upload) {
        return upload == null
                ? null
                : new UploadState(
                        upload.bucket,
                        upload.key,
                        upload.id,
                        upload.namedForMillis,
                        upload.uploadId(),
                        upload.parts().stream().map(Part::of).toList());
    }
}
