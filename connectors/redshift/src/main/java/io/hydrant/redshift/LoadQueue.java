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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The loads that wait, as small objects in the staging bucket, oldest first. They outlive the job:
 * whatever job looks there next carries on, and no checkpoint waits for the warehouse.
 */
final class LoadQueue {

    /** In the place of a job, for a delivery that ends once, whatever jobs it takes. */
    static final String ANY_JOB = "any";

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String folder;
    private final String endFolder;
    private final String loadedFolder;
    private final Clock clock;

    LoadQueue(ObjectStore store, S3Calls calls, RedshiftConfig config, Clock clock) {
        this.store = store;
        this.calls = calls;
        this.bucket = config.bucket();
        this.folder = config.queuePrefix() + config.deliveryStream() + "/queue/";
        this.loadedFolder = config.queuePrefix() + config.deliveryStream() + "/loaded/";
        this.endFolder = config.queuePrefix() + config.deliveryStream() + "/ended/";
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
        put(folder, load);
    }

    /** Notes a load as loaded now, so that its objects can be removed some day. */
    void addLoaded(QueuedLoad load) throws IOException, InterruptedException {
        put(loadedFolder, load);
    }

    private void put(String place, QueuedLoad load) throws IOException, InterruptedException {
        String key =
                String.format(Locale.ROOT, "%s%013d-%s.json", place, clock.millis(), load.id());
        byte[] json = load.toJson();
        // A taken key holds the same: it ends with the identity of all that is in it.
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, load.id().toString(), json));
    }

    /**
     * Removes the objects of loads that were loaded before a time, and what says so; at most those
     * of one page of a listing.
     */
    void removeLoaded(Instant before) throws IOException, InterruptedException {
        ObjectPage page =
                calls.call(
                        S3Action.LIST,
                        bucket,
                        loadedFolder,
                        () -> store.list(bucket, loadedFolder, null));
        String end = String.format(Locale.ROOT, "%s%013d", loadedFolder, before.toEpochMilli());
        for (ListedObject object : page.objects()) {
            if (object.key().compareTo(end) >= 0) {
                return;
            }
            QueuedLoad load = read(object.key());
            if (load == null) {
                continue;
            }
            for (StagedFile file : load.files()) {
                calls.run(
                        S3Action.DELETE,
                        file.bucket(),
                        file.key(),
                        () -> store.delete(file.bucket(), file.key()));
            }
            remove(new Entry(object.key(), load));
        }
    }

    /** How many wait, up to one page of a listing. */
    List<String> keys() throws IOException, InterruptedException {
        ObjectPage page =
                calls.call(S3Action.LIST, bucket, folder, () -> store.list(bucket, folder, null));
        return page.objects().stream().map(ListedObject::key).toList();
    }

    /** All that wait, oldest first. */
    List<Entry> all() throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        for (String key : list(folder)) {
            QueuedLoad load = read(key);
            if (load != null) {
                entries.add(new Entry(key, load));
            }
        }
        return entries;
    }

    /**
     * Notes durably that a task queues nothing any more.
     *
     * @param job which job that is, or {@link #ANY_JOB}
     * @param tasks how many it has
     */
    void end(String job, int task, int tasks) throws IOException, InterruptedException {
        String key = endFolder + job + '/' + tasks + '/' + task;
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, key, new byte[] {'\n'}));
    }

    /** Whether all tasks of the job have noted that. */
    boolean isEnded(String job) throws IOException, InterruptedException {
        String prefix = endFolder + job + '/';
        Map<String, Integer> ended = new HashMap<>();
        for (String key : list(prefix)) {
            String tasks = key.substring(prefix.length(), key.lastIndexOf('/'));
            if (ended.merge(tasks, 1, Integer::sum) == Integer.parseInt(tasks)) {
                return true;
            }
        }
        return false;
    }

    /** Removes what the tasks of a job noted; nothing depends on it. */
    void forgetEnd(String job) throws IOException, InterruptedException {
        for (String key : list(endFolder + job + '/')) {
            calls.attempt(S3Action.DELETE, bucket, key, () -> store.delete(bucket, key));
        }
    }

    private List<String> list(String prefix) throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>();
        ObjectPage page;
        do {
            String after = keys.isEmpty() ? null : keys.get(keys.size() - 1);
            page =
                    calls.call(
                            S3Action.LIST, bucket, prefix, () -> store.list(bucket, prefix, after));
            page.objects().forEach(object -> keys.add(object.key()));
        } while (!page.isLast());
        return keys;
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
