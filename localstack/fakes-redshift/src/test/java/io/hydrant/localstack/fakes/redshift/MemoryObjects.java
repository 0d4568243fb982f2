package io.hydrant.localstack.fakes.redshift;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects of one bucket, in memory. */
final class MemoryObjects implements StagedObjects {

    static final String BUCKET = "stage";

    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    private volatile String unreadable = "";

    /** Refuses this object from now on. */
    void refuse(String key) {
        unreadable = key;
    }

    void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    void put(String key, byte[] content) {
        objects.put(key, content);
    }

    @Override
    public InputStream open(String bucket, String key) throws UnreadableObjectException {
        if (key.equals(unreadable)) {
            throw new UnreadableObjectException(
                    "Access Denied,Status 403,Error AccessDenied", null);
        }
        byte[] content = bucket.equals(BUCKET) ? objects.get(key) : null;
        return content == null ? null : new ByteArrayInputStream(content);
    }

    @Override
    public List<String> keys(String bucket, String prefix) {
        return new TreeMap<>(objects)
                .keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }
}
