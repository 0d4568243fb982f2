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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A real store that fails once, at the point that is armed. */
final class FaultyStore implements ObjectStore {

    /** The tasks of a MiniCluster share this class with the one who arms it. */
    private static final AtomicReference<Armed> ARMED = new AtomicReference<>();

    /** Where the s3 room stages what it makes objects of. */
    private static final String SEGMENTS = "_hydrant/segments/";

    /** Where the redshift room has what waits and what COPY reads, below its prefix. */
    private static final String QUEUE = "/queue/";

    private static final String MANIFESTS = "/manifests/";

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

    /**
     * A fault to come.
     *
     * @param until what the call waits for before it fails, null where that is at once
     */
    private record Armed(FaultPoint point, CountDownLatch until) {}

    /** The next call that reaches the point fails. */
    static void arm(FaultPoint point) {
        ARMED.set(new Armed(point, null));
    }

    /** The next call that reaches the point has no answer until somebody counts down. */
    static void hold(FaultPoint point, CountDownLatch until) {
        ARMED.set(new Armed(point, until));
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
                () -> store.completeUpload(bucket, key, uploadId, parts));
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId) {
        store.abortUpload(bucket, key, uploadId);
    }

    @Override
    public void delete(String bucket, String key) {
        Runnable call = () -> store.delete(bucket, key);
        if (key.contains(QUEUE)) {
            faulty(FaultPoint.DEQUEUE, FaultPoint.DEQUEUE_ANSWER, call);
        } else if (key.contains(MANIFESTS)) {
            faulty(FaultPoint.CLEAN_UP, FaultPoint.CLEAN_UP_ANSWER, call);
        } else if (key.startsWith(SEGMENTS)) {
            faulty(FaultPoint.REMOVE_SEGMENT, FaultPoint.REMOVE_SEGMENT_ANSWER, call);
        } else {
            call.run();
        }
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        Supplier<Boolean> call = () -> store.putIfAbsent(bucket, key, id, bytes);
        if (key.startsWith(ledgerPrefix)) {
            return faulty(FaultPoint.LEDGER, FaultPoint.LEDGER_ANSWER, call);
        }
        if (key.startsWith(SEGMENTS)) {
            return faulty(FaultPoint.SEGMENT, FaultPoint.SEGMENT_ANSWER, call);
        }
        if (key.contains(QUEUE)) {
            return faulty(FaultPoint.QUEUE, FaultPoint.QUEUE_ANSWER, call);
        }
        if (key.contains(MANIFESTS)) {
            return faulty(FaultPoint.MANIFEST, FaultPoint.MANIFEST_ANSWER, call);
        }
        return faulty(FaultPoint.PUT, FaultPoint.PUT_ANSWER, call);
    }

    @Override
    public StoredObject head(String bucket, String key) {
        return store.head(bucket, key);
    }

    @Override
    public InputStream get(String bucket, String key) {
        return key.startsWith(SEGMENTS)
                ? faulty(
                        FaultPoint.READ_SEGMENT,
                        FaultPoint.READ_SEGMENT_ANSWER,
                        () -> store.get(bucket, key))
                : store.get(bucket, key);
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

    private static void faulty(FaultPoint before, FaultPoint after, Runnable call) {
        faulty(
                before,
                after,
                () -> {
                    call.run();
                    return null;
                });
    }

    private static void failAt(FaultPoint point) {
        Armed armed = ARMED.get();
        if (armed == null || armed.point() != point || !ARMED.compareAndSet(armed, null)) {
            return;
        }
        if (armed.until() != null) {
            await(armed.until());
        }
        throw new IllegalStateException("Injected: " + point);
    }

    /** Who is told to end while it waits has no answer either. */
    private static void await(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
