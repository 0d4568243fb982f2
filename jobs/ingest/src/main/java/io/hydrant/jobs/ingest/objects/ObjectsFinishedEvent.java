package io.hydrant.jobs.ingest.objects;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * A reader says which objects a completed checkpoint has as finished.
 *
 * @param read ids of those that were read to their end
 * @param unreadable ids of those that could not be read
 */
record ObjectsFinishedEvent(List<String> read, List<String> unreadable) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    ObjectsFinishedEvent {
        read = List.copyOf(read);
        unreadable = List.copyOf(unreadable);
    }
}
