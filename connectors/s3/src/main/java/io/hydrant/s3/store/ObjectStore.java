package io.hydrant.s3.store;

import java.io.InputStream;
import java.util.List;

/**
 * What Hydrant asks of an object store: the few calls of S3 that delivery, ledger and verification
 * stand on, so that tests can put a strict or a faulty store behind them.
 *
 * <p>Calls are synchronous, may come from several threads, and let the SDK's exceptions through for
 * {@link S3Classifier} to judge. An implementation stands in for S3's own rules: strong
 * consistency, a multipart upload that is invisible until it completes and gone afterwards, parts
 * that an upload of the same number replaces, part numbers that need not be consecutive.
 */
public interface ObjectStore extends AutoCloseable {

    /** Fails as S3's HeadBucket does where the bucket is not there or not ours to use. */
    void checkBucket(String bucket);

    /**
     * Begins a multipart upload.
     *
     * @param id identity to store in the object's metadata
     * @return what the upload goes by in the calls below: it holds the store's id
     */
    String createUpload(String bucket, String key, String id);

    /**
     * Uploads a part; one that was uploaded before under the same number is replaced.
     *
     * @return what the part goes by at its completion: the store's ETag, and what goes with it
     */
    String uploadPart(
            String bucket,
            String key,
            String uploadId,
            int number,
            byte[] bytes,
            int offset,
            int length);

    /**
     * Makes the object out of the parts, which are in ascending order of their numbers.
     *
     * @throws software.amazon.awssdk.services.s3.model.NoSuchUploadException if the upload was
     *     completed or aborted before
     */
    void completeUpload(String bucket, String key, String uploadId, List<UploadedPart> parts);

    /** Gives an upload and its parts up; does nothing where there is no such upload any more. */
    void abortUpload(String bucket, String key, String uploadId);

    /**
     * Creates an object unless the key is taken, in one step.
     *
     * @return false if the key is taken, by whatever
     */
    boolean putIfAbsent(String bucket, String key, String id, byte[] bytes);

    /** What the store knows of an object, or null where there is none. */
    StoredObject head(String bucket, String key);

    /**
     * The content of an object, to be closed by the caller.
     *
     * @throws software.amazon.awssdk.services.s3.model.NoSuchKeyException if there is none
     */
    InputStream get(String bucket, String key);

    /** Removes an object; does nothing where there is none. */
    void delete(String bucket, String key);

    /**
     * One page of the objects under a prefix, in the order of their keys.
     *
     * @param startAfter the last key of the page before, null for the first page
     */
    ObjectPage list(String bucket, String prefix, String startAfter);

    /**
     * One page of the multipart uploads under a prefix that are neither completed nor aborted, in
     * the order of their keys.
     *
     * @param startAfter the last upload of the page before, null for the first page
     */
    UploadPage uploads(String bucket, String prefix, ListedUpload startAfter);

    @Override
    void close();
}
