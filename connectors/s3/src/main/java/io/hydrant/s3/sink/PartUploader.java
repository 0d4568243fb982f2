package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.StoredObject;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Uploads parts beside the subtask's thread, a few at a time, and reports each to that thread
 * through its mailbox, so that nothing else here is shared.
 *
 * <p>The queue in front of the threads is bounded by the memory budget, which counts every part
 * from the moment that it starts.
 */
final class PartUploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartUploader.class);

    private final ObjectStore store;
    private final S3Calls calls;
    private final MailboxExecutor mailbox;
    private final MemoryBudget budget;
    private final ExecutorService threads;
    private int inFlight;

    PartUploader(
            ObjectStore store,
            S3Calls calls,
            MailboxExecutor mailbox,
            MemoryBudget budget,
            int threadCount) {
        this.store = store;
        this.calls = calls;
        this.mailbox = mailbox;
        this.budget = budget;
        this.threads =
                Executors.newFixedThreadPool(threadCount, new NamedThreads("hydrant-s3-upload"));
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
        inFlight++;
        byte[] content = part.pending();
        threads.execute(() -> uploadAndReport(upload, part, content, held));
    }

    /** Parts on their way. */
    int inFlight() {
        return inFlight;
    }

    /** Waits, handling the subtask's mail meanwhile, until a part has arrived. */
    void awaitOne() throws InterruptedException {
        int before = inFlight;
        while (inFlight > 0 && inFlight >= before) {
            mailbox.yield();
        }
    }

    /** Waits, handling the subtask's mail meanwhile, until every part has arrived. */
    void awaitAll() throws InterruptedException {
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    private void uploadAndReport(
            MultipartUpload upload, PartUpload part, byte[] content, int held) {
        try {
            String etag = uploadPart(upload, part, content);
            report(() -> arrived(upload, part, etag, held), "S3 part uploaded");
        } catch (InterruptedException e) {
            // Only close() interrupts these threads, and then nobody waits for the part.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            // Nobody else sees an Error of this thread, and its part would be on its way for ever.
            fail(e);
        }
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
        inFlight--;
    }

    private void fail(Throwable failure) {
        report(() -> ExceptionUtils.rethrowException(failure), "S3 upload failed");
    }

    private void report(ThrowingRunnable<Exception> mail, String description) {
        try {
            mailbox.execute(mail, description);
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended before: {}", description);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
