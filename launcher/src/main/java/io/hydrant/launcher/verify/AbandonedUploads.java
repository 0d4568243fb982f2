package io.hydrant.launcher.verify;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.store.ListedUpload;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.RetryClock;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;
import io.hydrant.s3.store.UploadPage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Finds multipart uploads of a delivery stream that nothing will ever complete.
 *
 * <p>An upload is abandoned where no checkpoint or savepoint that was named refers to it, no
 * redrive that is still to be finished does, and it is older than a running job can have begun it
 * behind its last checkpoint. Only uploads under the delivery's prefixes whose names are those of
 * its objects are looked at.
 */
final class AbandonedUploads {

    private final DeliveryPlan plan;
    private final ObjectStore store;
    private final S3Calls calls;

    AbandonedUploads(DeliveryPlan plan, ObjectStore store) {
        this.plan = plan;
        this.store = store;
        this.calls = new S3Calls(plan.sink().retryTimeout(), RetryClock.SYSTEM);
    }

    /**
     * What was found.
     *
     * @param checkpoints checkpoints and savepoints that were read
     * @param referenced uploads that they, or unfinished redrives, refer to
     * @param young uploads of the others that are too young to tell
     * @param abandoned the rest
     */
    record Found(int checkpoints, int referenced, int young, List<ListedUpload> abandoned) {}

    /**
     * Looks for them.
     *
     * @param places where checkpoints and savepoints lie that are still to be restored
     * @param olderThan least age of an abandoned upload
     */
    Found find(List<String> places, Duration olderThan, Instant now) throws Exception {
        List<ListedUpload> uploads = uploads();
        References references =
                new References(uploads.stream().map(ListedUpload::uploadId).toList());
        int checkpoints = 0;
        try (CheckpointPlaces checkpointPlaces = new CheckpointPlaces(store, calls)) {
            for (String place : places) {
                for (Path checkpoint : checkpointPlaces.in(place)) {
                    SinkStates.forEach(checkpoint, references::scan);
                    checkpoints++;
                }
            }
        }
        scanRedrives(references);
        int referenced = 0;
        int young = 0;
        List<ListedUpload> abandoned = new ArrayList<>();
        long latest = now.minus(olderThan).toEpochMilli();
        for (ListedUpload upload : uploads) {
            if (!references.isUnreferenced(upload.uploadId())) {
                referenced++;
            } else if (upload.initiatedMillis() > latest) {
                young++;
            } else {
                abandoned.add(upload);
            }
        }
        return new Found(checkpoints, referenced, young, abandoned);
    }

    /** Aborts an upload, which removes its parts. */
    void remove(ListedUpload upload) throws S3FailedException, InterruptedException {
        calls.run(
                S3Action.ABORT_UPLOAD,
                bucket(),
                upload.key(),
                () -> store.abortUpload(bucket(), upload.key(), upload.uploadId()));
    }

    private List<ListedUpload> uploads() throws S3FailedException, InterruptedException {
        Pattern names = namesOf(plan.deliveryStream());
        List<ListedUpload> found = new ArrayList<>();
        for (String prefix : LiteralPrefixes.of(plan.sink().naming())) {
            ListedUpload last = null;
            UploadPage page;
            do {
                ListedUpload after = last;
                page =
                        calls.call(
                                S3Action.LIST_UPLOADS,
                                bucket(),
                                prefix,
                                () -> store.uploads(bucket(), prefix, after));
                for (ListedUpload upload : page.uploads()) {
                    last = upload;
                    if (names.matcher(upload.key()).matches()) {
                        found.add(upload);
                    }
                }
            } while (!page.isLast());
        }
        return found;
    }

    /** Names of objects, by the developer guide's "Configure Amazon S3 object name format". */
    static Pattern namesOf(String deliveryStream) {
        return Pattern.compile(
                "(?s).*?"
                        + Pattern.quote(deliveryStream)
                        + "-\\d+(?:-\\d{2,4}){6}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[^/]*");
    }

    private void scanRedrives(References references) throws IOException, InterruptedException {
        RedriveKeys keys = new RedriveKeys(plan.sink().ledger().prefix(), plan.deliveryStream());
        Set<UUID> open = new HashSet<>();
        DeliveredObjects own = new DeliveredObjects(store, calls, plan.sink().ledger().bucket());
        own.forEach(
                keys.folder(),
                object -> {
                    // The decision comes first in a listing.
                    if (keys.decided(object.key()) != null) {
                        open.add(keys.decided(object.key()));
                    } else {
                        open.remove(keys.finished(object.key()));
                    }
                });
        for (UUID redrive : open) {
            try (InputStream decision = own.openStored(keys.decision(redrive))) {
                references.scan(decision.readAllBytes());
            }
        }
    }

    private String bucket() {
        return plan.sink().bucket();
    }
}
