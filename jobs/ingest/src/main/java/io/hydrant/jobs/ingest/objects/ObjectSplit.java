package io.hydrant.jobs.ingest.objects;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.Objects;

/**
 * An object that is read.
 *
 * @param object which
 * @param read records of it that went on
 * @param outcome what became of it
 */
public record ObjectSplit(ArrivedObject object, long read, Outcome outcome) implements SourceSplit {

    /** What may become of an object. */
    public enum Outcome {
        /** It is being read, or will be. */
        OPEN,

        /** It was read to its end. */
        READ,

        /** It could not be read. */
        UNREADABLE
    }

    /** Validates that nothing is missing. */
    public ObjectSplit {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** An object of which nothing was read. */
    static ObjectSplit unread(ArrivedObject object) {
        return new ObjectSplit(object, 0, Outcome.OPEN);
    }

    @Override
    public String splitId() {
        return object.id();
    }
}
