package io.hydrant.kinesis.source.event;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * A reader has emitted everything that closed shards held.
 *
 * @param splitIds their splits
 */
public record ShardsFinishedEvent(List<String> splitIds) implements SourceEvent {}
