package io.hydrant.s3.sink;

import java.util.UUID;

/**
 * Where staged segments lie. Query engines pass over names that begin with an underscore, and each
 * segment has a random id, so that attempts never touch each other's.
 */
final class SegmentKeys {

    private static final String PREFIX = "_hydrant/segments/";

    private final String prefix;

    SegmentKeys(String streamName) {
        this.prefix = PREFIX + streamName + '/';
    }

    String next() {
        return prefix + UUID.randomUUID();
    }
}
