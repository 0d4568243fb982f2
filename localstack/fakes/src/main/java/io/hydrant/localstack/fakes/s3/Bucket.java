package io.hydrant.localstack.fakes.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One bucket: its objects and its unfinished uploads. */
final class Bucket {

    /** The order of listings: by the bytes of UTF-8, which is not that of Java's strings. */
    static final Comparator<String> KEY_ORDER =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final String name;
    private final long createdMillis;
    private final ConcurrentNavigableMap<String, StoredObject> objects =
            new ConcurrentSkipListMap<>(KEY_ORDER);
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    Bucket(String name, long createdMillis) {
        this.name = name;
        this.createdMillis = createdMillis;
    }

    String name() {
        return name;
    }

    long createdMillis() {
        return createdMillis;
    }

    ConcurrentNavigableMap<String, StoredObject> objects() {
        return objects;
    }

    Map<String, Upload> uploads() {
        return uploads;
    }

    StoredObject object(String key) {
        StoredObject found = objects.get(key);
        if (found == null) {
            throw S3Error.noSuchKey(key);
        }
        return found;
    }

    Upload upload(String id, String key) {
        Upload found = uploads.get(id);
        if (found == null || !found.key().equals(key)) {
            throw S3Error.noSuchUpload(id);
        }
        return found;
    }

    /** Writes an object, if the key is free or need not be. */
    void put(String key, StoredObject object, boolean onlyIfAbsent) {
        if (!onlyIfAbsent) {
            objects.put(key, object);
        } else if (objects.putIfAbsent(key, object) != null) {
            throw S3Error.preconditionFailed("If-None-Match");
        }
    }
}
