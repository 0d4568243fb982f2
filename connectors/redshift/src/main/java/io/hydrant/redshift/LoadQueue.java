package io.hydrant.redshift;

import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loads that wait, as small objects in the staging bucket, oldest first. They outlive the job:
 * whatever job looks there next carries on, and no checkpoint waits for the warehouse.
 */
final class LoadQueue {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String folder;
    private final Clock clock;

    LoadQueue(ObjectStore store, S3Calls calls, RedshiftConfig config, Clock clock) {
        this.store = store;
        this.calls = calls;
        this.bucket = config.bucket();
        this.folder = config.queuePrefix() + config.deliveryStream() + "/queue/";
        this.clock = clock;
    }

    /**
     * A load and where it lies.
     *
     * @param key its object
     * @param load what it says
     */
    record Entry(String key, QueuedLoad load) {}

    /** Queues a load, durably; again where a commit is repeated, which does no harm. */
    void add(QueuedLoad load) throws IOException, InterruptedException {
        String key =
                String.format(Locale.ROOT, "%s%013d-%s.json", folder, clock.millis(), load.id());
        byte[] json = load.toJson();
        // A taken key holds the same: it ends with the identity of all that is in it.
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, load.id().toString(), json));
    }

    /** How many wait, up to one page of a listing. */
    List<String> keys() throws IOException, InterruptedException {
        ObjectPage page =
                calls.call(S3Action.LIST, bucket, folder, () -> store.list(bucket, folder, null));
        return page.objects().stream().map(ListedObject::key).toList();
    }

    /** All that wait, for whoever only looks. */
    List<QueuedLoad> all() throws IOException, InterruptedException {
        List<QueuedLoad> loads = new ArrayList<>();
        String last = null;
        ObjectPage page;
        do {
            String after = last;
            page =
                    calls.call(
                            S3Action.LIST, bucket, folder, () -> store.list(bucket, folder, after));
            for (ListedObject object : page.objects()) {
                last = object.key();
                QueuedLoad load = read(last);
                if (load != null) {
                    loads.add(load);
                }
            }
        } while (!page.isLast());
        return loads;
    }

    /**
     * The oldest loads, at least one where there is any.
     *
     * @param maxFiles the most files of all of them, unless the first alone has more
     */
    List<Entry> oldest(List<String> keys, int maxFiles) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        int files = 0;
        for (String key : keys) {
            QueuedLoad load = read(key);
            if (load == null) {
                // Another task was faster.
                continue;
            }
            files += load.files().size();
            if (!entries.isEmpty() && files > maxFiles) {
                break;
            }
            entries.add(new Entry(key, load));
        }
        return entries;
    }

    private QueuedLoad read(String key) throws IOException, InterruptedException {
        byte[] json = calls.call(S3Action.GET, bucket, key, () -> content(key));
        return json == null ? null : QueuedLoad.fromJson(key, json);
    }

    private byte[] content(String key) {
        try (InputStream in = store.get(bucket, key)) {
            return in.readAllBytes();
        } catch (NoSuchKeyException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(Entry entry) throws IOException, InterruptedException {
        calls.run(S3Action.DELETE, bucket, entry.key(), () -> store.delete(bucket, entry.key()));
    }
}
