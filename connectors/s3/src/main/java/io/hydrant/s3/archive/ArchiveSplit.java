package io.hydrant.s3.archive;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.Objects;

/**
 * An object of an archive, and how far it was read.
 *
 * @param key its key
 * @param lastModifiedMillis when it was written, milliseconds since the epoch
 * @param read records that were read of it
 */
record ArchiveSplit(String key, long lastModifiedMillis, long read) implements SourceSplit {

    ArchiveSplit {
        Objects.requireNonNull(key, "key");
    }

    @Override
    public String splitId() {
        return key;
    }
}
