package io.hydrant.kinesis.source.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * It is known where reading ends that was to end NOW. Readers wait for it with shards that were
 * restored from a read without end.
 *
 * @param millis that time, in milliseconds since the epoch
 */
public record EndResolvedEvent(long millis) implements SourceEvent {}
