package io.hydrant.kinesis.source.event;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A stream's consumer is active; readers subscribe with it from now on.
 *
 * @param stream ARN of the stream
 * @param consumer ARN of the consumer
 */
public record ConsumerNamedEvent(String stream, String consumer) implements SourceEvent {}
