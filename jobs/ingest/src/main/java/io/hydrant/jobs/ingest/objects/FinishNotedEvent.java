package io.hydrant.jobs.ingest.objects;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * The enumerator says of which objects it has noted that they are finished; from then on, a reader
 * need not have them in its state. Flink holds such an event back while it makes a checkpoint of
 * the enumerator that does not have the note yet.
 *
 * @param ids of the objects
 */
record FinishNotedEvent(List<String> ids) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    FinishNotedEvent {
        ids = List.copyOf(ids);
    }
}
