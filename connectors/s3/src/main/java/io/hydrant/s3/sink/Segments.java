package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;

import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Stages rows of open objects and reads them back. Calls of the store are beside the subtask. */
final class Segments {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final SegmentKeys keys;
    private final Background background;
    private final MemoryBudget budget;
    private Runnable whenStored = () -> {};

    Segments(S3SinkConfig config, S3WriterParts parts) {
        this.store = parts.store();
        this.calls = parts.uploader().calls();
        this.bucket = config.bucket();
        this.keys = new SegmentKeys(config.naming().streamName());
        this.background = parts.uploader().background();
        this.budget = parts.budget();
    }

    /** What to do whenever the store has another one. */
    void whenStored(Runnable action) {
        whenStored = action;
    }

    /** Begins to stage the tail of an object. */
    void stageTail(OpenObject object) {
        byte[] bytes =
                budget.isRelaxed()
                        ? object.buffer.copyTail()
                        : object.buffer.takeTail().toByteArray();
        budget.hold(object.takeChange());
        Segment segment = Segment.begun(keys.next(), bytes);
        object.rows.segments.add(segment);
        send(segment);
    }

    /** Where all of them lie. */
    String bucket() {
        return bucket;
    }

    /** Begins to stage a bundle. */
    void send(Bundle bundle) {
        send(bundle.seal(keys.next()));
    }

    /** Sends a segment that the store does not have yet. */
    void send(Segment segment) {
        byte[] bytes = segment.pending();
        budget.hold(bytes.length);
        budget.leave(bytes.length);
        background.run(
                "Segment staged",
                () -> {
                    // A taken key means that a call whose answer was lost has written it.
                    calls.run(
                            S3Action.PUT,
                            bucket,
                            segment.key,
                            () -> store.putIfAbsent(bucket, segment.key, segment.key, bytes));
                    return segment;
                },
                stored -> {
                    stored.store();
                    budget.leave(-bytes.length);
                    budget.hold(-bytes.length);
                    whenStored.run();
                });
    }

    /** The content of a segment that the store has; on no thread that anything waits for. */
    byte[] read(String key) throws IOException, InterruptedException {
        try {
            return calls.call(S3Action.GET, bucket, key, () -> readNow(store, bucket, key));
        } catch (S3FailedException e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                throw lost(key, e);
            }
            throw e;
        }
    }

    /** One attempt at all of a segment; fails as the store does. */
    static byte[] readNow(ObjectStore store, String bucket, String key) {
        try (InputStream content = store.get(bucket, key)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private S3FailedException lost(String key, S3FailedException cause) {
        return new S3FailedException(
                "The staged segment s3://"
                        + bucket
                        + '/'
                        + key
                        + " is gone: either its object is delivered already, and the checkpoint or savepoint that was restored is not the newest one, "
                        + "or something removed it, for example a lifecycle rule. "
                        + "Way out: restore the newest checkpoint or savepoint of this delivery; let such rules pass over the prefix _hydrant/ "
                        + "for at least as long as savepoints are kept.",
                cause);
    }
}
