package io.hydrant.kinesis.source.event;

import io.hydrant.kinesis.source.split.Inheritance;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What a shard leaves to its children; sent before its end is reported.
 *
 * @param splitId its split
 * @param left what it leaves
 */
public record ShardLeftEvent(String splitId, Inheritance left) implements SourceEvent {}
