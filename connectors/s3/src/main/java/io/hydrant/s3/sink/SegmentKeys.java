package io.hydrant.s3.sink;

import java.util.UUID;

/**
 * Where staged segments lie. Query engines pass over names that begin with an underscore, and each
 * segment has a random id, so that attempts never touch each other's.
 */
public final class SegmentKeys {

    private static final String PREFIX = "_hydrant/segments/";

    private final String prefix;

    /** Keys of the segments of a delivery stream. */
    public SegmentKeys(String streamName) {
        this.prefix = PREFIX + streamName + '/';
    }

    /** What all of them begin with. */
    public String folder() {
        return prefix;
    }

    String next() {
        return prefix + UUID.randomUUID();
    }
}
