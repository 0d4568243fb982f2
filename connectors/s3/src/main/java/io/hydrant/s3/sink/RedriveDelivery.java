package io.hydrant.s3.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.delivery.redrive.PreparedCommits;
import io.hydrant.delivery.redrive.RedriveCommits;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;
import io.hydrant.s3.store.StoredObject;
import io.hydrant.s3.store.UploadedPart;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Delivers records that were read out of error objects, one error object at a time: all of its
 * records or none, and once.
 *
 * <pre>
 *   write, write, …  ─> parts (invisible)
 *   commit           ─> decision (one object, created or found taken)
 *                       ─> objects appear ─> what follows ─> commits ─> ledger lines ─> done
 * </pre>
 *
 * <p>Exactly once because it is one small object that decides, which S3 creates for one writer only
 * and whose key is a function of the error object's address, and because all that follows from it
 * may be repeated without effect: whoever comes next, from whatever machine, carries a decision out
 * that was left. Assumes a store that knows {@code If-None-Match}, as S3 does; with another one,
 * two redrives must not run at the same time. Breaks if decisions are removed (the records are then
 * delivered again), or multipart uploads that a decision counts on, before the next redrive.
 *
 * <p>Not thread-safe.
 */
public final class RedriveDelivery implements AutoCloseable {

    private final S3SinkConfig config;
    private final ObjectStore store;
    private final S3Calls calls;
    private final ObjectCommit objects;
    private final LedgerWriter ledger;
    private final RedriveKeys keys;
    private final S3Writer writer;
    private final RedriveMemory memory;
    private final RedriveFollowUp followUp;
    private final RedriveCommits commits;

    /** A delivery through a store, which it closes; reads what was decided so far. */
    public RedriveDelivery(S3SinkConfig config, ObjectStore store, Clock clock)
            throws IOException, InterruptedException {
        this(
                config,
                store,
                clock,
                RedriveMemory.read(config, store),
                RedriveFollowUp.NONE,
                RedriveCommits.NONE);
    }

    /**
     * One of several deliveries of a process, each for the thread that makes it.
     *
     * @param store which it closes
     * @param memory what was decided so far, which all of them share
     * @param followUp is told of objects before their records count as redriven
     * @param commits takes the records that go into no object, and is this delivery's own
     */
    public RedriveDelivery(
            S3SinkConfig config,
            ObjectStore store,
            Clock clock,
            RedriveMemory memory,
            RedriveFollowUp followUp,
            RedriveCommits commits) {
        this.followUp = followUp;
        this.commits = commits;
        this.memory = memory;
        this.config = config;
        this.store = store;
        this.calls = new S3Calls(config.retryTimeout(), RetryClock.SYSTEM);
        this.objects = new ObjectCommit(store, calls);
        LedgerConfig lines = config.ledger();
        String stream = config.naming().streamName();
        this.ledger =
                lines.enabled()
                        ? new LedgerWriter(
                                store,
                                calls,
                                lines.bucket(),
                                new LedgerKeys(lines.prefix(), stream),
                                clock)
                        : null;
        this.keys = new RedriveKeys(lines.prefix(), stream);
        this.writer = LocalDelivery.writer(config, store, calls, new ManualTime(clock.millis()));
    }

    /**
     * Carries out what was decided by a redrive that ended before it could.
     *
     * @return how many error objects that were
     */
    public int finishDecided() throws IOException, InterruptedException {
        int count = 0;
        for (UUID id : memory.open()) {
            carryOut(id, decision(id));
            count++;
        }
        return count;
    }

    /**
     * Carries out what was decided about one error object, where that was not done. Asks the store,
     * whatever the memory knows.
     *
     * @return whether anything was decided, so that its records are delivered
     */
    public boolean finish(String errorObject) throws IOException, InterruptedException {
        UUID id = RedriveKeys.idOf(errorObject);
        if (isThere(keys.done(id))) {
            return true;
        }
        if (!isThere(keys.decision(id))) {
            return false;
        }
        carryOut(id, decision(id));
        return true;
    }

    private RedriveDecision decision(UUID id) throws IOException, InterruptedException {
        String key = keys.decision(id);
        try (InputStream content =
                calls.call(S3Action.GET, bucket(), key, () -> store.get(bucket(), key))) {
            return RedriveDecision.ofBytes(content.readAllBytes());
        }
    }

    private boolean isThere(String key) throws IOException, InterruptedException {
        return calls.call(S3Action.HEAD, bucket(), key, () -> store.head(bucket(), key)) != null;
    }

    /** Whether the records of an error object were sent through before. */
    public boolean isRedriven(String errorObject) {
        return memory.isDecided(RedriveKeys.idOf(errorObject));
    }

    /** Takes a record of the error object that will be committed next. */
    public void write(DeliveryRecord record) throws InterruptedException {
        writer.write(record, null);
    }

    /**
     * Delivers what was written, and settles the error object.
     *
     * @param errorObject address of the object that the records were read from
     * @param storedBytes its size
     * @param read what was read, at least one record
     * @return false, and nothing delivered, if somebody else has been faster
     */
    public boolean commit(String errorObject, long storedBytes, LedgerTally read)
            throws IOException, InterruptedException {
        UUID id = RedriveKeys.idOf(errorObject);
        List<S3Committable> made = new ArrayList<>();
        for (S3Committable each : written()) {
            made.add(staged(each).redrivenBy(id));
        }
        PreparedCommits prepared = commits.prepare(id);
        RedriveDecision decision =
                new RedriveDecision(
                        settlement(id, errorObject, storedBytes, read),
                        made,
                        prepared == null ? null : prepared.redrivenBy(id));
        memory.decided(id);
        if (!decide(id, decision)) {
            abort(made);
            if (prepared != null) {
                commits.abandon(prepared.bytes());
            }
            return false;
        }
        carryOut(id, decision);
        return true;
    }

    /** Gives up what was written since the last commit. */
    public void discard() throws IOException, InterruptedException {
        abort(written());
        commits.discard();
    }

    private Collection<S3Committable> written() throws IOException, InterruptedException {
        writer.flush(true);
        return writer.prepareCommit();
    }

    private LedgerEntry settlement(
            UUID id, String errorObject, long storedBytes, LedgerTally read) {
        return LedgerEntry.ofObject(
                id,
                EntryKind.REDRIVEN,
                errorObject,
                storedBytes,
                0,
                read,
                config.naming().streamName(),
                config.naming().streamVersion());
    }

    /** The same with all its bytes in the store, so that decisions stay small. */
    private S3Committable staged(S3Committable object)
            throws S3FailedException, InterruptedException {
        byte[] tail = object.tail();
        if (!object.hasObject() || tail.length == 0) {
            return object;
        }
        String bucket = object.bucket();
        String key = object.key();
        String uploadId =
                object.uploadId() != null
                        ? object.uploadId()
                        : calls.call(
                                S3Action.CREATE_UPLOAD,
                                bucket,
                                key,
                                () ->
                                        store.createUpload(
                                                bucket, key, object.entry().id().toString()));
        int number = Math.max(1, object.tailNumber());
        String etag =
                calls.call(
                        S3Action.UPLOAD_PART,
                        bucket,
                        key,
                        () ->
                                store.uploadPart(
                                        bucket, key, uploadId, number, tail, 0, tail.length));
        List<UploadedPart> parts = new ArrayList<>(object.parts());
        parts.add(new UploadedPart(number, etag, tail.length));
        return S3Committable.ofUpload(
                        object.entry(), bucket, key, uploadId, parts, number + 1, new byte[0])
                .replacing(object.segments());
    }

    /** Whether this attempt's decision is the one that counts. */
    private boolean decide(UUID id, RedriveDecision decision)
            throws IOException, InterruptedException {
        String key = keys.decision(id);
        String attempt = UUID.randomUUID().toString();
        byte[] bytes = decision.toBytes();
        boolean created =
                calls.call(
                        S3Action.PUT,
                        bucket(),
                        key,
                        () -> store.putIfAbsent(bucket(), key, attempt, bytes));
        if (created) {
            return true;
        }
        // A call whose answer was lost, and that was repeated, finds what it made itself.
        StoredObject found =
                calls.call(S3Action.HEAD, bucket(), key, () -> store.head(bucket(), key));
        return found != null && attempt.equals(found.id());
    }

    private void carryOut(UUID id, RedriveDecision decision)
            throws IOException, InterruptedException {
        for (S3Committable each : decision.made()) {
            if (each.hasObject()) {
                objects.commit(each);
            }
        }
        followUp.committed(decision.made().stream().filter(S3Committable::hasObject).toList());
        String done = keys.done(id);
        if (decision.commits() != null) {
            commits.commit(id, decision.commits().bytes(), () -> isThere(done));
        }
        if (ledger != null) {
            ledger.write(decision.entries());
        }
        calls.run(
                S3Action.PUT,
                bucket(),
                done,
                () -> store.putIfAbsent(bucket(), done, id.toString(), new byte[0]));
        memory.carriedOut(id);
        commits.settled(id);
    }

    private void abort(Collection<S3Committable> given)
            throws S3FailedException, InterruptedException {
        for (S3Committable each : given) {
            if (each.uploadId() != null) {
                calls.run(
                        S3Action.ABORT_UPLOAD,
                        each.bucket(),
                        each.key(),
                        () -> store.abortUpload(each.bucket(), each.key(), each.uploadId()));
            }
        }
    }

    private String bucket() {
        return config.ledger().bucket();
    }

    @Override
    public void close() {
        writer.close();
    }
}
