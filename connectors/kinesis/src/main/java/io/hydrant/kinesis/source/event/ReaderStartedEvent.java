package io.hydrant.kinesis.source.event;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * A reader is up, first or again, with what its restored state held.
 *
 * @param held ids of splits that it reads
 * @param finished ids of splits that it has read to the end without knowing that this is recorded
 */
public record ReaderStartedEvent(List<String> held, List<String> finished) implements SourceEvent {}
