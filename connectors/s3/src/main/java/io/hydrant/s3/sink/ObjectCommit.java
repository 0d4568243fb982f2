package io.hydrant.s3.sink;

import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;
import io.hydrant.s3.store.StoredObject;
import io.hydrant.s3.store.UploadedPart;

import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one object visible, whole, and at most once, however often it is asked to: an object that
 * is there already under the committable's key counts as its own where identity and length agree.
 * Safe for use by several threads.
 */
final class ObjectCommit {

    private final ObjectStore store;
    private final S3Calls calls;

    ObjectCommit(ObjectStore store, S3Calls calls) {
        this.store = store;
        this.calls = calls;
    }

    /**
     * What is to be known of the bundles that objects of one commit are in, by their keys.
     *
     * @param objects all objects of the commit
     */
    Map<String, BundleCommit> bundlesOf(Collection<S3Committable> objects) {
        Map<String, List<S3Committable>> byBundle = new HashMap<>();
        for (S3Committable object : objects) {
            if (object.bundled() != null) {
                byBundle.computeIfAbsent(object.bundled().segment(), key -> new ArrayList<>())
                        .add(object);
            }
        }
        Map<String, BundleCommit> bundles = new HashMap<>();
        byBundle.forEach((key, those) -> bundles.put(key, new BundleCommit(store, calls, those)));
        return bundles;
    }

    /** As {@link #commit(S3Committable, Map)} for an object by itself. */
    void commit(S3Committable committable) throws S3FailedException, InterruptedException {
        commit(committable, bundlesOf(List.of(committable)));
    }

    /** Returns once the object is durable, by this call or an earlier one. */
    void commit(S3Committable committable, Map<String, BundleCommit> bundles)
            throws S3FailedException, InterruptedException {
        if (committable.bundled() != null) {
            BundleCommit bundle = bundles.get(committable.bundled().segment());
            putOf(bundle, committable);
            bundle.committed();
        } else if (committable.uploadId() == null) {
            put(committable, committable.tail());
        } else {
            complete(committable);
        }
        for (String segment : committable.segments()) {
            // Nothing depends on it: a segment that stays behind is read by nobody.
            calls.attempt(
                    S3Action.DELETE,
                    committable.bucket(),
                    segment,
                    () -> store.delete(committable.bucket(), segment));
        }
    }

    private void putOf(BundleCommit bundle, S3Committable object)
            throws S3FailedException, InterruptedException {
        byte[] content = bundle.content(object);
        if (content != null) {
            put(object, content);
            return;
        }
        // Removed by an attempt that could not say so, or lost.
        StoredObject found = find(object);
        if (found == null) {
            throw LostUpload.ofBundled(object.bucket(), object.key(), object.bundled().segment());
        }
        requireOwn(object, found);
    }

    private void put(S3Committable object, byte[] content)
            throws S3FailedException, InterruptedException {
        boolean created =
                calls.call(
                        S3Action.PUT,
                        object.bucket(),
                        object.key(),
                        () ->
                                store.putIfAbsent(
                                        object.bucket(),
                                        object.key(),
                                        object.entry().id().toString(),
                                        content));
        if (!created) {
            requireOwn(object, find(object));
        }
    }

    private void complete(S3Committable object) throws S3FailedException, InterruptedException {
        try {
            List<UploadedPart> parts = new ArrayList<>(object.parts());
            if (object.tail().length > 0) {
                parts.add(uploadTail(object));
            }
            calls.run(
                    S3Action.COMPLETE_UPLOAD,
                    object.bucket(),
                    object.key(),
                    () ->
                            store.completeUpload(
                                    object.bucket(), object.key(), object.uploadId(), parts));
        } catch (NoSuchUploadException e) {
            // Completed by an attempt that could not say so, or lost.
            StoredObject found = find(object);
            if (found == null) {
                throw LostUpload.of(object.bucket(), object.key(), e);
            }
            requireOwn(object, found);
        }
    }

    private UploadedPart uploadTail(S3Committable object)
            throws S3FailedException, InterruptedException {
        byte[] tail = object.tail();
        String etag =
                calls.call(
                        S3Action.UPLOAD_PART,
                        object.bucket(),
                        object.key(),
                        () ->
                                store.uploadPart(
                                        object.bucket(),
                                        object.key(),
                                        object.uploadId(),
                                        object.tailNumber(),
                                        tail,
                                        0,
                                        tail.length));
        return new UploadedPart(object.tailNumber(), etag, tail.length);
    }

    private StoredObject find(S3Committable object) throws S3FailedException, InterruptedException {
        return calls.call(
                S3Action.HEAD,
                object.bucket(),
                object.key(),
                () -> store.head(object.bucket(), object.key()));
    }

    private static void requireOwn(S3Committable object, StoredObject found)
            throws S3FailedException {
        String id = object.entry().id().toString();
        if (found != null
                && id.equals(found.id())
                && found.length() != object.entry().storedBytes()) {
            throw LostUpload.delivered(object.bucket(), object.key(), null);
        }
        if (found == null || !id.equals(found.id())) {
            throw new S3FailedException(
                    "s3://"
                            + object.bucket()
                            + '/'
                            + object.key()
                            + " is taken by an object that is not this delivery's: expected identity "
                            + id
                            + " and "
                            + object.entry().storedBytes()
                            + " bytes, found "
                            + (found == null
                                    ? "nothing any more"
                                    : "identity "
                                            + found.id()
                                            + " and "
                                            + found.length()
                                            + " bytes")
                            + ". It is left as it is. Way out: find out what wrote it (its key holds a random id, so this is no coincidence), "
                            + "move it elsewhere, and let the job restart.",
                    null);
        }
    }
}
