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
import java.util.function.LongSupplier;

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

    /** Null where what waits has no order but that of its records' arrival. */
    private final LongSupplier clock;

    /** The highest number that was given so far, null before the first. */
    private Long last;

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
        this(store, calls, ledger, deliveryStream, task, tasks, null);
    }

    private WaitingObjects(
            ObjectStore store,
            S3Calls calls,
            LedgerConfig ledger,
            String deliveryStream,
            int task,
            int tasks,
            LongSupplier clock) {
        this.store = store;
        this.calls = calls;
        this.bucket = ledger.bucket();
        this.folder = root(ledger.prefix()) + deliveryStream + '/';
        this.task = task;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * What waits for the only task of a delivery, in the order in which it is noted.
     *
     * <p>What is noted gets a number above all that are there, so a task that follows another goes
     * on behind it. An attempt that was thought dead notes in that order, too, and only what is
     * noted by its successor as well, which is known again when its turn comes a second time. So
     * whatever is listed, all that was noted before it for the first time is listed or gone.
     *
     * @param clock milliseconds since the epoch
     */
    public static WaitingObjects inOrder(
            ObjectStore store,
            S3Calls calls,
            LedgerConfig ledger,
            String deliveryStream,
            LongSupplier clock) {
        return new WaitingObjects(store, calls, ledger, deliveryStream, 0, 1, clock);
    }

    /**
     * What the keys of all delivery streams begin with.
     *
     * @param ledgerPrefix prefix of the ledger, ending with a slash
     */
    public static String root(String ledgerPrefix) {
        return ledgerPrefix.substring(0, ledgerPrefix.length() - 1) + "-waiting/";
    }

    /**
     * Notes that an object waits, durably. Where a commit is repeated it does so again, under the
     * same key, or, where there is an order, once more behind the others.
     */
    public void add(WaitingObject object) throws IOException, InterruptedException {
        long number = clock == null ? object.oldestArrivalMillis() : nextNumber();
        String key = folder + task + '/' + name(number, object);
        byte[] json = object.toJson();
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, object.id().toString(), json));
    }

    private long nextNumber() throws IOException, InterruptedException {
        if (last == null) {
            last = 0L;
            for (String key : list()) {
                last = Math.max(last, number(key));
            }
        }
        last = Math.max(clock.getAsLong(), last + 1);
        return last;
    }

    /**
     * Keys of what waits for this task, oldest first.
     *
     * <p>Where there is an order the list is had twice, until nothing came between: a list that was
     * made while notes were written may have one without that which was written before it.
     */
    public List<String> keys() throws IOException, InterruptedException {
        List<String> keys = list();
        if (clock == null || keys.isEmpty()) {
            return keys;
        }
        for (List<String> again = list(); !again.equals(keys); again = list()) {
            keys = again;
        }
        return keys;
    }

    private List<String> list() throws IOException, InterruptedException {
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

    private static String name(long number, WaitingObject object) {
        return String.format(Locale.ROOT, "%013d-%s.json", number, object.id());
    }

    /** The number of a key, 0 for one that has none and is nobody's. */
    private static long number(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int end = name.indexOf('-');
        try {
            return end < 0 ? 0 : Long.parseLong(name.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
