package io.hydrant.s3.read;

import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;
import io.hydrant.s3.store.StoredObject;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Lists what lies in the destination and reads it back, for verification independent of the ledger.
 *
 * <p>Only whole, committed objects show; unfinished multipart uploads are invisible to a listing.
 */
public final class DeliveredObjects {

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
        return open(
                key, stored -> Decompression.of(stored, compression), "as " + compression.name());
    }

    /**
     * The content of an object that is compressed somehow; how shows in the object. The caller
     * closes it.
     *
     * @throws IOException as {@link #open(String, Compression)}
     */
    public InputStream openCompressed(String key) throws IOException, InterruptedException {
        return open(key, Decompression::ofCompressed, "in any way that is known here");
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
        return open(key, Decompression::ofAny, "as it begins");
    }

    /**
     * The content of an object as it is stored. The caller closes it.
     *
     * @throws S3FailedException if it cannot be read; the message says what to mend
     */
    public InputStream openStored(String key) throws S3FailedException, InterruptedException {
        return calls.call(S3Action.GET, bucket, key, () -> store.get(bucket, key));
    }

    /** Makes content of what is stored. */
    private interface Reading {
        InputStream of(InputStream stored) throws IOException;
    }

    private InputStream open(String key, Reading reading, String how)
            throws IOException, InterruptedException {
        InputStream stored = openStored(key);
        try {
            return reading.of(stored);
        } catch (ZipException | EOFException e) {
            stored.close();
            ZipException damaged =
                    new ZipException("s3://" + bucket + '/' + key + " is not compressed " + how);
            damaged.initCause(e);
            throw damaged;
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }
}
