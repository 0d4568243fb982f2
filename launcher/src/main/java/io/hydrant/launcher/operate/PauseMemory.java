package io.hydrant.launcher.operate;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Remembers pauses where every machine finds them: beside the ledger, under {@code <ledger prefix
 * without its last slash>-pauses/<delivery stream>/}, one object each, the newest last.
 */
final class PauseMemory {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String folder;

    PauseMemory(DeliveryPlan plan, ObjectStore store) {
        this.store = store;
        this.calls = S3Calls.ofCommand(plan.sink().retryTimeout(), RetryClock.SYSTEM);
        this.bucket = plan.sink().ledger().bucket();
        this.folder = root(plan.sink().ledger().prefix()) + plan.deliveryStream() + '/';
    }

    private static String root(String ledgerPrefix) {
        return ledgerPrefix.substring(0, ledgerPrefix.length() - 1) + "-pauses/";
    }

    void add(Pause pause, Instant now) throws IOException, InterruptedException {
        byte[] bytes = pause.toBytes();
        String key = folder + NAME.format(now) + ".json";
        String id = UUID.randomUUID().toString();
        calls.run(S3Action.PUT, bucket, key, () -> store.putIfAbsent(bucket, key, id, bytes));
    }

    /** The last one, null where there was none. */
    Pause last() throws IOException, InterruptedException {
        String[] last = {null};
        DeliveredObjects objects = new DeliveredObjects(store, calls, bucket);
        objects.forEach(folder, object -> last[0] = object.key());
        if (last[0] == null) {
            return null;
        }
        try (InputStream content = objects.openStored(last[0])) {
            return Pause.ofBytes(content.readAllBytes());
        }
    }
}
