package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.StoredObject;

import org.apache.flink.api.common.operators.MailboxExecutor;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.io.IOException;
import java.util.Arrays;

/**
 * Uploads parts beside the subtask's thread, a few at a time, and reports each to that thread
 * through its mailbox, so that nothing else here is shared.
 *
 * <p>The queue in front of the threads is bounded by the memory budget, which counts every part
 * from the moment that it starts.
 */
final class PartUploader implements AutoCloseable {

    private final ObjectStore store;
    private final S3Calls calls;
    private final MemoryBudget budget;
    private final Background background;

    PartUploader(
            ObjectStore store,
            S3Calls calls,
            MailboxExecutor mailbox,
            MemoryBudget budget,
            int threadCount) {
        this.store = store;
        this.calls = calls;
        this.budget = budget;
        this.background = new Background(mailbox, threadCount);
    }

    /** Where other things can be done beside the subtask's thread, too. */
    Background background() {
        return background;
    }

    /**
     * Starts a part. Its bytes have to be counted as held already; they are let go of once the
     * store has them.
     */
    void upload(MultipartUpload upload, GrowingBytes bytes) {
        send(upload, upload.startPart(bytes.array(), bytes.length()), bytes.capacity());
    }

    /**
     * Sends a part of an upload, for the first time or again.
     *
     * @param held bytes that the budget counts for it
     */
    void send(MultipartUpload upload, PartUpload part, int held) {
        budget.leave(held);
        byte[] content = part.pending();
        background.run(
                "S3 part uploaded",
                () -> uploadPart(upload, part, content),
                etag -> arrived(upload, part, etag, held));
    }

    /**
     * Uploads a whole file as parts, in the calling thread, which is none that anything waits for;
     * nobody else uses the upload meanwhile.
     */
    void uploadAll(MultipartUpload upload, GrowingBytes file, int partSize)
            throws IOException, InterruptedException {
        for (int offset = 0; offset < file.length(); offset += partSize) {
            int end = (int) Math.min(file.length(), (long) offset + partSize);
            byte[] content = Arrays.copyOfRange(file.array(), offset, end);
            PartUpload part = upload.startPart(content, content.length);
            upload.finishPart(part, uploadPart(upload, part, content));
        }
    }

    S3Calls calls() {
        return calls;
    }

    /** Parts and other things on their way. */
    int inFlight() {
        return background.inFlight();
    }

    /** Waits, handling the subtask's mail meanwhile, until a part has arrived. */
    void awaitOne() throws InterruptedException {
        background.awaitOne();
    }

    /** Waits, handling the subtask's mail meanwhile, until every part has arrived. */
    void awaitAll() throws InterruptedException {
        background.awaitAll();
    }

    private String uploadPart(MultipartUpload upload, PartUpload part, byte[] content)
            throws IOException, InterruptedException {
        try {
            String uploadId = begin(upload);
            return calls.call(
                    S3Action.UPLOAD_PART,
                    upload.bucket,
                    upload.key,
                    () ->
                            store.uploadPart(
                                    upload.bucket,
                                    upload.key,
                                    uploadId,
                                    part.number,
                                    content,
                                    0,
                                    part.length));
        } catch (NoSuchUploadException e) {
            throw lost(upload, e);
        }
    }

    private IOException lost(MultipartUpload upload, NoSuchUploadException cause)
            throws IOException, InterruptedException {
        StoredObject found =
                calls.call(
                        S3Action.HEAD,
                        upload.bucket,
                        upload.key,
                        () -> store.head(upload.bucket, upload.key));
        return found == null
                ? LostUpload.of(upload.bucket, upload.key, cause)
                : LostUpload.delivered(upload.bucket, upload.key, cause);
    }

    /** Asks the store for the upload's id, once; other parts of the upload wait here meanwhile. */
    private String begin(MultipartUpload upload) throws IOException, InterruptedException {
        synchronized (upload) {
            if (upload.uploadId() == null) {
                upload.begun(
                        calls.call(
                                S3Action.CREATE_UPLOAD,
                                upload.bucket,
                                upload.key,
                                () ->
                                        store.createUpload(
                                                upload.bucket, upload.key, upload.id.toString())));
            }
            return upload.uploadId();
        }
    }

    private void arrived(MultipartUpload upload, PartUpload part, String etag, int held) {
        upload.finishPart(part, etag);
        budget.leave(-held);
        budget.hold(-held);
    }

    @Override
    public void close() {
        background.close();
    }
}
