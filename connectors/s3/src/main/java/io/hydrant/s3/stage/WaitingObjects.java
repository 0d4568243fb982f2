package io.hydrant.s3.stage;

import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.sink.LedgerConfig;
import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which objects wait, as small objects beside the ledger, under {@code <ledger prefix without its
 * last slash>-waiting/<delivery stream>/<task>/}. They outlive the job: whichever job looks there
 * next carries on.
 *
 * <p>A task sees those that tasks of its number noted, in this job or in one with more tasks, so
 * that each is taken by one. Not thread-safe.
 */
public final class WaitingObjects {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String folder;
    private final int task;
    private final int tasks;

    /**
     * What waits for one task.
     *
     * @param task its number, from 0
     * @param tasks how many there are
     */
    public WaitingObjects(
            ObjectStore store,
            S3Calls calls,
            LedgerConfig ledger,
            String deliveryStream,
            int task,
            int tasks) {
        this.store = store;
        this.calls = calls;
        this.bucket = ledger.bucket();
        this.folder = root(ledger.prefix()) + deliveryStream + '/';
        this.task = task;
        this.tasks = tasks;
    }

    /**
     * What the keys of all delivery streams begin with.
     *
     * @param ledgerPrefix prefix of the ledger, ending with a slash
     */
    public static String root(String ledgerPrefix) {
        return ledgerPrefix.substring(0, ledgerPrefix.length() - 1) + "-waiting/";
    }

    /** Notes that an object waits, durably; again where a commit is repeated, under one key. */
    public void add(WaitingObject object) throws IOException, InterruptedException {
        String key = folder + task + '/' + name(object);
        byte[] json = object.toJson();
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, object.id().toString(), json));
    }

    /** Keys of what waits for this task, oldest first. */
    public List<String> keys() throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>();
        new DeliveredObjects(store, calls, bucket)
                .forEach(
                        folder,
                        (ListedObject object) -> {
                            if (isMine(object.key())) {
                                keys.add(object.key());
                            }
                        });
        keys.sort(Comparator.comparing(key -> key.substring(key.lastIndexOf('/'))));
        return keys;
    }

    /** What waits under a key of {@link #keys}. */
    public WaitingObject read(String key) throws IOException, InterruptedException {
        try (InputStream in = calls.call(S3Action.GET, bucket, key, () -> store.get(bucket, key))) {
            return WaitingObject.fromJson("s3://" + bucket + '/' + key, in.readAllBytes());
        }
    }

    /** It does not wait any more. */
    public void remove(String key) throws IOException, InterruptedException {
        calls.run(S3Action.DELETE, bucket, key, () -> store.delete(bucket, key));
    }

    private boolean isMine(String key) {
        String rest = key.substring(folder.length());
        int slash = rest.indexOf('/');
        try {
            return slash > 0 && Integer.parseInt(rest.substring(0, slash)) % tasks == task;
        } catch (NumberFormatException e) {
            // Somebody else's; it is none of ours to judge.
            return false;
        }
    }

    private static String name(WaitingObject object) {
        return String.format(
                Locale.ROOT, "%013d-%s.json", object.oldestArrivalMillis(), object.id());
    }
}
