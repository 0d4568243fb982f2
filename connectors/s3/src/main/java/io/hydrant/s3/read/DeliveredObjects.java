package io.hydrant.s3.read;

import io.hydrant.delivery.format.Compression;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;
import io.hydrant.s3.store.StoredObject;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Lists what lies in the destination and reads it back, for verification independent of the ledger.
 *
 * <p>Only whole, committed objects show; unfinished multipart uploads are invisible to a listing.
 */
public final class DeliveredObjects {

    private static final int BUFFER = 64 * 1024;

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;

    /** Reads from a bucket; the store stays open. */
    public DeliveredObjects(ObjectStore store, S3Calls calls, String bucket) {
        this.store = store;
        this.calls = calls;
        this.bucket = bucket;
    }

    /**
     * Gives every object under a prefix to the visitor, in the order of the keys. The ledger's
     * objects are among them where it lies in the same bucket under the same prefix.
     *
     * @return the number of objects
     * @throws S3FailedException if the store cannot be listed; the message says what to mend
     */
    public long forEach(String prefix, ObjectVisitor visitor)
            throws IOException, InterruptedException {
        return new ObjectListing(store, calls, bucket, prefix).forEach(visitor);
    }

    /**
     * What lies under a key, or null where nothing does.
     *
     * @throws S3FailedException if the store cannot be asked; the message says what to mend
     */
    public StoredObject find(String key) throws S3FailedException, InterruptedException {
        return calls.call(S3Action.HEAD, bucket, key, () -> store.head(bucket, key));
    }

    /**
     * The content of an object, decompressed. The caller closes it.
     *
     * @param compression how it is compressed; an extension does not tell, since it is the user's
     *     to choose
     * @throws S3FailedException if it cannot be read; the message says what to mend
     * @throws ZipException if it is not compressed like that; reading on may tell so, too
     * @throws IOException if it cannot be read any further
     */
    public InputStream open(String key, Compression compression)
            throws IOException, InterruptedException {
        return decompressed(get(key), key, compression);
    }

    /**
     * The content of an object that somebody else may have written, decompressed as its first bytes
     * say. The caller closes it.
     *
     * @throws S3FailedException if it cannot be read; the message says what to mend
     * @throws ZipException if it is damaged; reading on may tell so, too
     * @throws IOException if it cannot be read any further
     */
    public InputStream openAny(String key) throws IOException, InterruptedException {
        InputStream stored = new BufferedInputStream(get(key), BUFFER);
        stored.mark(DetectedCompression.HEAD);
        byte[] head;
        try {
            head = stored.readNBytes(DetectedCompression.HEAD);
            stored.reset();
        } catch (IOException e) {
            stored.close();
            throw e;
        }
        return decompressed(stored, key, DetectedCompression.of(head));
    }

    private InputStream get(String key) throws S3FailedException, InterruptedException {
        return calls.call(S3Action.GET, bucket, key, () -> store.get(bucket, key));
    }

    private InputStream decompressed(InputStream stored, String key, Compression compression)
            throws IOException {
        try {
            return switch (compression) {
                case UNCOMPRESSED -> stored;
                case GZIP -> new GZIPInputStream(new MemberInputStream(stored), BUFFER);
            };
        } catch (ZipException | EOFException e) {
            stored.close();
            ZipException damaged =
                    new ZipException(
                            "s3://" + bucket + '/' + key + " is not compressed as " + compression);
            damaged.initCause(e);
            throw damaged;
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }
}
