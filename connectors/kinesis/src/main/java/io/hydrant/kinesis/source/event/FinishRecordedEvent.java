package io.hydrant.kinesis.source.event;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * The enumerator has the end of these shards for good, so the reader need not keep it.
 *
 * @param splitIds their splits
 */
public record FinishRecordedEvent(List<String> splitIds) implements SourceEvent {}
