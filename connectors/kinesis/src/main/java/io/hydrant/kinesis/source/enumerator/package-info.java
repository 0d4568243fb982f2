/**
 * Finds shards and hands them to readers, parents before children. {@link
 * io.hydrant.kinesis.source.enumerator.ShardTracker} holds the rule and knows nothing of Flink.
 */
package io.hydrant.kinesis.source.enumerator;
