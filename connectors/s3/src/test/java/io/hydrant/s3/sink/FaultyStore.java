package io.hydrant.s3.sink;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.store.ListedUpload;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.StoredObject;
import io.hydrant.s3.store.UploadPage;
import io.hydrant.s3.store.UploadedPart;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Passes calls on, and fails one of them: before it had any effect, or after, as if its answer were
 * lost.
 */
final class FaultyStore implements ObjectStore {

    /** A call that can fail. */
    enum Call {
        CHECK,
        CREATE,
        PART,
        COMPLETE,
        PUT,
        GET,
        DELETE
    }

    /** On which side of the effect the failure comes. */
    enum Side {
        BEFORE,
        AFTER
    }

    /**
     * Which calls fail: the {@code nth} (from 1) whose key begins with {@code prefix}, or all.
     * Counts over all stores that share it.
     */
    static final class Fault {

        private final Call call;
        private final Side side;
        private final String prefix;
        private final int nth;
        private final BooleanSupplier release;
        private final AtomicInteger seen = new AtomicInteger();

        private Fault(Call call, Side side, String prefix, int nth, BooleanSupplier release) {
            this.call = call;
            this.side = side;
            this.prefix = prefix;
            this.nth = nth;
            this.release = release;
        }

        Fault(Call call, Side side, String prefix, int nth) {
            this(call, side, prefix, nth, () -> true);
        }

        /** The first such call hangs until it is released, and fails then. */
        static Fault holding(Call call, BooleanSupplier release) {
            return new Fault(call, Side.BEFORE, "", 1, release);
        }

        /** Forbids a call for good, as a policy does. */
        static Fault denying(Call call) {
            return new Fault(call, Side.BEFORE, "", 0);
        }

        /** Breaks a call with what no store throws, as a class that cannot be loaded does. */
        static Fault breaking(Call call) {
            return new Fault(
                    call,
                    Side.BEFORE,
                    "",
                    1,
                    () -> {
                        throw new NoClassDefFoundError("Injected");
                    });
        }

        private boolean hits(Call made, String key) {
            if (made != call || !key.startsWith(prefix)) {
                return false;
            }
            int count = seen.incrementAndGet();
            return nth == 0 || count == nth;
        }

        private RuntimeException failure() {
            return nth == 0
                    ? MemoryStore.failure(403, "AccessDenied")
                    : new IllegalStateException("Injected: " + this);
        }

        boolean hasStruck() {
            return seen.get() >= Math.max(1, nth);
        }

        @Override
        public String toString() {
            return side + " " + call + " " + prefix + "#" + nth;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectStore store;
    private final Fault fault;

    FaultyStore(ObjectStore store, Fault fault) {
        this.store = store;
        this.fault = fault;
    }

    private <T> T strike(Call call, String key, Supplier<T> effect) {
        boolean struck = fault.hits(call, key);
        if (struck && fault.side == Side.BEFORE) {
            Conditions.comeTrue(PATIENCE, fault.release::getAsBoolean);
            throw fault.failure();
        }
        T result = effect.get();
        if (struck) {
            throw fault.failure();
        }
        return result;
    }

    @Override
    public void checkBucket(String bucket) {
        strike(
                Call.CHECK,
                "",
                () -> {
                    store.checkBucket(bucket);
                    return null;
                });
    }

    @Override
    public String createUpload(String bucket, String key, String id) {
        return strike(Call.CREATE, key, () -> store.createUpload(bucket, key, id));
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
        return strike(
                Call.PART,
                key,
                () -> store.uploadPart(bucket, key, uploadId, number, bytes, offset, length));
    }

    @Override
    public void completeUpload(
            String bucket, String key, String uploadId, List<UploadedPart> parts) {
        strike(
                Call.COMPLETE,
                key,
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
        strike(
                Call.DELETE,
                key,
                () -> {
                    store.delete(bucket, key);
                    return null;
                });
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        return strike(Call.PUT, key, () -> store.putIfAbsent(bucket, key, id, bytes));
    }

    @Override
    public StoredObject head(String bucket, String key) {
        return store.head(bucket, key);
    }

    @Override
    public InputStream get(String bucket, String key) {
        return strike(Call.GET, key, () -> store.get(bucket, key));
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
}
