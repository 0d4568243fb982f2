package io.hydrant.s3.sink;

import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;

import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import java.util.Arrays;
import java.util.List;

/**
 * One bundle of small objects at its commit: read once, by the first object that asks, and removed
 * behind the last one. It stays where a part of its objects is committed elsewhere, because another
 * parallelism shared them out; a look for abandoned segments finds it then. Safe for use by several
 * threads.
 */
final class BundleCommit {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final boolean isWhole;
    private int left;
    private boolean isRead;
    private byte[] bytes;

    /**
     * A bundle that nothing is read of yet.
     *
     * @param objects those of it that are committed here
     */
    BundleCommit(ObjectStore store, S3Calls calls, List<S3Committable> objects) {
        S3Committable any = objects.get(0);
        this.store = store;
        this.calls = calls;
        this.bucket = any.bucket();
        this.key = any.bundled().segment();
        this.isWhole = objects.size() == any.bundled().objects();
        this.left = objects.size();
    }

    /** The bytes of an object; null where the bundle is gone. */
    synchronized byte[] content(S3Committable object)
            throws S3FailedException, InterruptedException {
        if (!isRead) {
            bytes = calls.call(S3Action.GET, bucket, key, this::read);
            isRead = true;
        }
        if (bytes == null) {
            return null;
        }
        int from = object.bundled().offset();
        return Arrays.copyOfRange(bytes, from, from + (int) object.entry().storedBytes());
    }

    private byte[] read() {
        try {
            return Segments.readNow(store, bucket, key);
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    /** To be called once for each object that is durable. */
    void committed() throws InterruptedException {
        synchronized (this) {
            left--;
            if (left > 0) {
                return;
            }
            bytes = null;
        }
        if (isWhole) {
            // Nothing depends on it: a bundle that stays behind is read by nobody.
            calls.attempt(S3Action.DELETE, bucket, key, () -> store.delete(bucket, key));
        }
    }
}
