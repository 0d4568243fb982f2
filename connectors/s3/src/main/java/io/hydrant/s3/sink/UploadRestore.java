package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.s3.store.UploadedPart;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Takes a multipart upload over from a checkpoint and sends again what had not arrived.
 *
 * <p>New parts go on behind a random gap in the numbers. The attempt before this one may still be
 * alive somewhere (a machine that is cut off does not know that it was replaced), and a part that
 * it sends late, of records that are cut differently this time, must not replace one of ours: under
 * a number of its own it is left out when the upload completes. S3 allows gaps (not so directory
 * buckets, which are no place for a stream's archive).
 */
final class UploadRestore {

    /** More parts than an attempt sends that no longer gets an answer from its job manager. */
    private static final int SMALLEST_GAP = 32;

    private static final int LARGEST_GAP = 128;

    private final PartUploader uploader;
    private final MemoryBudget budget;
    private final RandomGenerator random;

    UploadRestore(PartUploader uploader, MemoryBudget budget, RandomGenerator random) {
        this.uploader = uploader;
        this.budget = budget;
        this.random = random;
    }

    /** The upload of a checkpoint; parts that had not arrived are on their way again. */
    MultipartUpload restore(UploadState state) {
        MultipartUpload upload =
                new MultipartUpload(
                        state.bucket(),
                        state.key(),
                        state.id(),
                        state.namedForMillis(),
                        state.uploadId(),
                        firstNumber(state.parts()));
        for (UploadState.Part part : state.parts()) {
            if (part.etag() != null) {
                upload.restorePart(
                        PartUpload.done(
                                new UploadedPart(part.number(), part.etag(), part.length())));
            } else {
                // The same bytes under the same number: whose copy arrives last does not matter.
                PartUpload pending =
                        PartUpload.started(part.number(), part.pending(), part.length());
                upload.restorePart(pending);
                budget.hold(part.pending().length);
                uploader.send(upload, pending, part.pending().length);
            }
        }
        return upload;
    }

    private int firstNumber(List<UploadState.Part> parts) {
        int last = parts.stream().mapToInt(UploadState.Part::number).max().orElse(0);
        int behindGap = last + 1 + random.nextInt(SMALLEST_GAP, LARGEST_GAP);
        return Math.min(behindGap, Math.max(last + 1, UploadedPart.MAX_NUMBER - 1));
    }
}
