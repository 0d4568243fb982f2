package io.hydrant.launcher.soak;

import io.hydrant.s3.store.ListedUpload;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3ObjectStore;
import io.hydrant.s3.store.StoredObject;
import io.hydrant.s3.store.UploadPage;
import io.hydrant.s3.store.UploadedPart;

import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A real store that fails once, at the point that is armed. */
final class FaultyStore implements ObjectStore {

    /** The tasks of a MiniCluster share this class with the one who arms it. */
    private static final AtomicReference<FaultPoint> ARMED = new AtomicReference<>();

    private final ObjectStore store;
    private final String ledgerPrefix;

    FaultyStore(ObjectStore store, String ledgerPrefix) {
        this.store = store;
        this.ledgerPrefix = ledgerPrefix;
    }

    /** Stores that fail when they are told to. */
    static ObjectStoreFactory factory(String ledgerPrefix) {
        return (aws, config) -> new FaultyStore(S3ObjectStore.connect(aws, config), ledgerPrefix);
    }

    /** The next call that reaches the point fails. */
    static void arm(FaultPoint point) {
        ARMED.set(point);
    }

    /** Whether the armed fault has happened. */
    static boolean hasFired() {
        return ARMED.get() == null;
    }

    /** Takes back a fault that no call has reached. */
    static void disarm() {
        ARMED.set(null);
    }

    @Override
    public void checkBucket(String bucket) {
        store.checkBucket(bucket);
    }

    @Override
    public String createUpload(String bucket, String key, String id) {
        return faulty(
                FaultPoint.BEGIN_UPLOAD,
                FaultPoint.BEGIN_UPLOAD_ANSWER,
                () -> store.createUpload(bucket, key, id));
    }

    @Override
    public String uploadPart(
            String bucket,
            String key,
            String uploadId,
            int number,
            byte[] bytes,
            int offset,
            int length) {
        return faulty(
                FaultPoint.PART,
                FaultPoint.PART_ANSWER,
                () -> store.uploadPart(bucket, key, uploadId, number, bytes, offset, length));
    }

    @Override
    public void completeUpload(
            String bucket, String key, String uploadId, List<UploadedPart> parts) {
        faulty(
                FaultPoint.COMPLETE,
                FaultPoint.COMPLETE_ANSWER,
                () -> {
                    store.completeUpload(bucket, key, uploadId, parts);
                    return null;
                });
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId) {
        store.abortUpload(bucket, key, uploadId);
    }

    @Override
    public void delete(String bucket, String key) {
        store.delete(bucket, key);
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        boolean ledger = key.startsWith(ledgerPrefix);
        return faulty(
                ledger ? FaultPoint.LEDGER : FaultPoint.PUT,
                ledger ? FaultPoint.LEDGER_ANSWER : FaultPoint.PUT_ANSWER,
                () -> store.putIfAbsent(bucket, key, id, bytes));
    }

    @Override
    public StoredObject head(String bucket, String key) {
        return store.head(bucket, key);
    }

    @Override
    public InputStream get(String bucket, String key) {
        return store.get(bucket, key);
    }

    @Override
    public ObjectPage list(String bucket, String prefix, String startAfter) {
        return store.list(bucket, prefix, startAfter);
    }

    @Override
    public UploadPage uploads(String bucket, String prefix, ListedUpload startAfter) {
        return store.uploads(bucket, prefix, startAfter);
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T> T faulty(FaultPoint before, FaultPoint after, Supplier<T> call) {
        failAt(before);
        T answer = call.get();
        failAt(after);
        return answer;
    }

    private static void failAt(FaultPoint point) {
        if (ARMED.compareAndSet(point, null)) {
            throw new IllegalStateException("Injected: " + point);
        }
    }
}
