package io.hydrant.launcher.verify;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.sink.SegmentKeys;
import io.hydrant.s3.store.ListedUpload;
import io.hydrant.s3.store.ObjectStore;
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
 * Finds multipart uploads of a delivery stream that nothing will ever complete, and staged segments
 * of rows that nothing will ever make a file of.
 *
 * <p>They are abandoned where no checkpoint or savepoint that was named refers to them, no redrive
 * that is still to be finished does, and they are older than a running job can have begun them
 * behind its last checkpoint. Only uploads under the delivery's prefixes whose names are those of
 * its objects are looked at.
 */
final class LeftOvers {

    private final DeliveryPlan plan;
    private final ObjectStore store;
    private final S3Calls calls;

    LeftOvers(DeliveryPlan plan, ObjectStore store) {
        this.plan = plan;
        this.store = store;
        this.calls = S3Calls.ofCommand(plan.sink().retryTimeout(), RetryClock.SYSTEM);
    }

    /**
     * What was found.
     *
     * @param checkpoints checkpoints and savepoints that were read
     * @param referenced uploads and segments that they, or unfinished redrives, refer to
     * @param young those of the others that are too young to tell
     * @param abandoned the rest
     */
    record Found(int checkpoints, int referenced, int young, List<LeftOver> abandoned) {}

    /**
     * Looks for them.
     *
     * @param places where checkpoints and savepoints lie that are still to be restored
     * @param olderThan least age of what is abandoned
     */
    Found find(List<String> places, Duration olderThan, Instant now) throws Exception {
        // Before the checkpoints are read: what one of those holds was there by then.
        List<LeftOver> all = uploads();
        all.addAll(segments());
        References references = new References(all.stream().map(LeftOver::name).toList());
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
        List<LeftOver> abandoned = new ArrayList<>();
        long latest = now.minus(olderThan).toEpochMilli();
        for (LeftOver one : all) {
            if (!references.isUnreferenced(one.name())) {
                referenced++;
            } else if (one.madeMillis() > latest) {
                young++;
            } else {
                abandoned.add(one);
            }
        }
        return new Found(checkpoints, referenced, young, abandoned);
    }

    /** Aborts an upload, which removes its parts; or removes a segment. */
    void remove(LeftOver one) throws S3FailedException, InterruptedException {
        if (one.isSegment()) {
            calls.run(
                    S3Action.DELETE, bucket(), one.key(), () -> store.delete(bucket(), one.key()));
            return;
        }
        calls.run(
                S3Action.ABORT_UPLOAD,
                bucket(),
                one.key(),
                () -> store.abortUpload(bucket(), one.key(), one.uploadId()));
    }

    private List<LeftOver> uploads() throws S3FailedException, InterruptedException {
        Pattern names = namesOf(plan.deliveryStream());
        List<LeftOver> found = new ArrayList<>();
        for (String prefix :
                LiteralPrefixes.of(plan.sink().naming(), DeliveryReads.errorPrefixes(plan))) {
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
                        found.add(
                                new LeftOver(
                                        upload.key(), upload.uploadId(), upload.initiatedMillis()));
                    }
                }
            } while (!page.isLast());
        }
        return found;
    }

    private List<LeftOver> segments() throws IOException, InterruptedException {
        List<LeftOver> found = new ArrayList<>();
        new DeliveredObjects(store, calls, bucket())
                .forEach(
                        new SegmentKeys(plan.deliveryStream()).folder(),
                        object ->
                                found.add(
                                        new LeftOver(
                                                object.key(), null, object.lastModifiedMillis())));
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
