package io.hydrant.s3.store;

import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * What an upload goes by between two calls, possibly of two runs of a job: the store's id, and the
 * checksum that it was begun with, which its parts must have whatever the options say by then.
 *
 * <p>As text it is the id alone, or the checksum, a colon and the id; a part is likewise its ETag,
 * or its ETag, a colon and its sum. S3's ids, ETags and sums hold no colon.
 *
 * @param checksum what the parts are summed by, null for the SDK's choice
 * @param id the store's id
 */
record UploadName(ObjectChecksum checksum, String id) {

    private static final char SEPARATOR = ':';

    static UploadName parse(String text) {
        for (ObjectChecksum checksum : ObjectChecksum.values()) {
            String start = checksum.name() + SEPARATOR;
            if (text.startsWith(start)) {
                return new UploadName(checksum, text.substring(start.length()));
            }
        }
        return new UploadName(null, text);
    }

    /** A part as the store answered it. */
    String part(UploadPartResponse answer) {
        String sum = checksum == null ? null : checksum.of(answer);
        // A store that knows no checksums does not say any.
        return sum == null ? answer.eTag() : answer.eTag() + SEPARATOR + sum;
    }

    CompletedPart completed(UploadedPart part) {
        String text = part.etag();
        int separator = checksum == null ? -1 : text.lastIndexOf(SEPARATOR);
        CompletedPart.Builder completed =
                CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(separator < 0 ? text : text.substring(0, separator));
        if (separator >= 0) {
            checksum.addTo(completed, text.substring(separator + 1));
        }
        return completed.build();
    }

    @Override
    public String toString() {
        return checksum == null ? id : checksum.name() + SEPARATOR + id;
    }
}
